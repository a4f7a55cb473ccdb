/**
 * The custom element `<gett-drop>`. Importing this defines it; where there is no document, it does nothing.
 *
 * What a page needs to sign somebody in is here as well, so that one script is enough.
 */
import { GettDropElement } from './element.ts';

declare global {
  interface HTMLElementTagNameMap {
    'gett-drop': GettDropElement;
  }
}

const elements: CustomElementRegistry | undefined = globalThis.customElements;
if (elements && !elements.get('gett-drop')) elements.define('gett-drop', GettDropElement);

export { GettClient, type GettClientOptions } from '../gett/client.ts';
export {
  indexedDbTokenStore,
  memoryTokenStore,
  type TokenStore,
  type Tokens,
} from '../gett/tokens.ts';
export type { User } from '../gett/user.ts';
export { isGettError } from '../http/gett-error.ts';
export type { DropEvents } from './events.ts';
export type { SharingClient } from './sharers.ts';
export { type DropTexts, englishTexts } from './texts.ts';
export { GettDropElement };
