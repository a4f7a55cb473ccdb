import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Rules that a change of colours can break; the others depend on the elements alone. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What cannot be told apart in forced colours: text, and bars and buttons that have no border. */
export async function forcedColourFlaws(page: Page): Promise<string[]> {
  await page.evaluate(measureWhatIsPainted);
  const { violations } = await new AxeBuilder({ page }).withRules(COLOUR_RULES).analyze();
  const unreadable = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  );
  return [...unreadable, ...(await page.evaluate(borderless))];
}

/**
 * axe takes letters to have the colour `-webkit-text-fill-color`. Where nobody sets it, its computed
 * value is the author's `color`, which forced colours replace when they paint.
 * https://github.com/dequelabs/axe-core/issues/3978
 */
function measureWhatIsPainted(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the style that it is asked of
  const read = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    const forced = matchMedia('(forced-colors: active)').matches;
    return read.call(this, forced && name === '-webkit-text-fill-color' ? 'color' : name);
  };
}

/** Grounds are gone in forced colours. A line under it, or a triangle before it, tells a button too. */
function borderless(): string[] {
  const kinds =
    'button, summary, progress, [role=progressbar], [role=meter], input:not([type=checkbox], [type=radio]), select, .button, .icon-button';
  const within = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.matches(kinds) ? [element] : []),
      ...(element.shadowRoot ? within(element.shadowRoot) : []),
    ]);
  return within(document)
    .filter((element) => {
      if (!element.checkVisibility() || element.closest('.hidden, [aria-hidden=true]'))
        return false;
      // An entry of a menu is one of a list that has a border; a file is chosen by another button.
      if (element.closest('[role=menu], .menu-panel') || element.matches('[type=file]'))
        return false;
      const { display, textDecorationLine, borderBlockEndStyle, borderBlockEndWidth } =
        getComputedStyle(element);
      if (textDecorationLine === 'underline' || display === 'list-item') return false;
      return borderBlockEndStyle === 'none' || parseFloat(borderBlockEndWidth) < 1;
    })
    .map((element) => `no border: <${element.tagName.toLowerCase()} class="${element.className}">`);
}
