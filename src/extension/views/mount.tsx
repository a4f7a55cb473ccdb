import { type ComponentChild, render } from 'preact';
import { language, textDirection } from '../platform/i18n.ts';
import { connectView, type View } from './client.ts';

/**
 * Shows a page of the extension in its element `#app`, and returns that. What is there already is
 * made to fit.
 */
export function mount(page: (view: View) => ComponentChild): Element {
  const root = document.querySelector('#app');
  if (!root) throw new Error('The page has no element #app.');
  document.documentElement.lang = language();
  document.documentElement.dir = textDirection();
  const view = connectView();
  // A frame without its state would leave parts behind.
  if (!view.state.value) root.replaceChildren();
  render(page(view), root);
  return root;
}
