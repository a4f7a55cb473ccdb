import type { Page } from '@playwright/test';

/** CSS pixels. */
const LEAST = 24;
const MAIN = 32;

/**
 * The controls that are smaller than fingers need, by what a click really reaches: the space that
 * belongs to a control is more than its box where a style sheet makes it so. Gives sentences.
 * @param main what most people come for
 */
export async function smallTargets(page: Page, main: string): Promise<string[]> {
  return page.evaluate(
    ({ main, least, large }) => {
      const open =
        document.querySelector('dialog[open], [role=menu], .menu[open]') ?? document.body;
      const kinds = 'a[href], button, input, select, summary, [role=switch]';
      const within = (root: Element | ShadowRoot): HTMLElement[] => [
        ...root.querySelectorAll<HTMLElement>(kinds),
        ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
          shadowRoot ? within(shadowRoot) : [],
        ),
      ];
      const all = within(open).filter(
        (control) =>
          control.checkVisibility({ visibilityProperty: true }) &&
          !control.matches('.menu-shade, [aria-hidden=true], .skip, [type=file]') &&
          !control.closest('.hidden, [aria-hidden=true], [inert]'),
      );
      const found: string[] = [];
      for (const control of all) {
        control.scrollIntoView({ block: 'center', inline: 'center' });
        const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : [];
        const parts = [control, ...labels];
        const box = control.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const reaches = (dx: number, dy: number) => {
          const root = control.getRootNode();
          const hit = (root instanceof ShadowRoot ? root : document).elementFromPoint(
            x + dx,
            y + dy,
          );
          return parts.some((part) => part.contains(hit));
        };
        const reach = (dx: number, dy: number) => {
          let far = 0;
          while (far < 200 && reaches(dx * (far + 0.5), dy * (far + 0.5))) far += 0.5;
          return far;
        };
        const width = reach(-1, 0) + reach(1, 0);
        const height = reach(0, -1) + reach(0, 1);
        // A link in a sentence is as high as its line, and so is an address that has no other target
        // within 24 pixels above and below (WCAG 2.2, criterion 2.5.8, exceptions).
        const inSentence =
          control.matches('.address') ||
          (control.matches('a') && getComputedStyle(control).display === 'inline');
        const needed = control.matches(main) ? large : least;
        // The edge itself falls between two steps.
        if (!inSentence && Math.min(width, height) < needed - 1) {
          const name = control.getAttribute('aria-label') ?? control.textContent?.trim();
          found.push(
            `<${control.tagName.toLowerCase()} class="${control.className}"> “${name}” takes ${width} × ${height}`,
          );
        }
      }
      return found;
    },
    { main, least: LEAST, large: MAIN },
  );
}
