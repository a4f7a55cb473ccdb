import type { Page } from '@playwright/test';

/**
 * What is wrong with how a page is laid out: a second scroll bar, letters that are cut off, things
 * that lie over each other, targets that are hard to hit. Sentences; none is right.
 */
export async function flaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} ${element.className}> “${(element.textContent ?? '').trim().slice(0, 40)}”`;
    const seen = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('.hidden, [aria-hidden=true]');
    const boxOf = (element: Element) => element.getBoundingClientRect();

    if (root.scrollWidth > root.clientWidth) {
      found.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
    }
    const open = document.querySelector('dialog[open]');
    const all = [...(open ?? document.body).querySelectorAll<HTMLElement>('*')].filter(seen);

    for (const element of all) {
      const { overflowX, overflowY, textOverflow, display } = getComputedStyle(element);
      const scrolls = /auto|scroll/.test(overflowX);
      if (scrolls && element.scrollWidth > element.clientWidth + 1) {
        found.push(`${name(element)} scrolls sideways`);
      }
      // What is cut with an ellipsis is meant to be; a name is then whole in its title.
      const ends = textOverflow === 'ellipsis' && !/flex|grid/.test(display);
      const cut = overflowX === 'hidden' && !ends;
      if (cut && element.scrollWidth > element.clientWidth + 1 && element.textContent) {
        found.push(`${name(element)} is cut off at its side`);
      }
      const clipped = overflowY === 'hidden' && element.textContent;
      if (clipped && element.scrollHeight > element.clientHeight + 3) {
        found.push(`${name(element)} is cut off below`);
      }
    }

    // Letters stay inside of the button, the field or the row that they belong to.
    const holders =
      'button, summary, a, li.row, .card, .banner, .standstill, header, footer, .target';
    for (const holder of all.filter((element) => element.matches(holders))) {
      const outer = boxOf(holder);
      for (const text of holder.querySelectorAll<HTMLElement>('*')) {
        const own = [...text.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        if (
          !own ||
          !seen(text) ||
          text.closest('.menu-panel, .hidden, dialog') !==
            holder.closest('.menu-panel, .hidden, dialog')
        )
          continue;
        // What is cut with an ellipsis ends where its box does.
        if (text.closest('.address, .file-name, .menu summary bdi, .summary-facts, .row-state'))
          continue;
        const inner = boxOf(text);
        if (inner.left < outer.left - 1.5 || inner.right > outer.right + 1.5) {
          found.push(`${name(text)} sticks out of ${name(holder)}`);
        }
      }
      if (
        holder.scrollWidth > holder.clientWidth + 1.5 &&
        holder.clientWidth > 0 &&
        holder.matches('button, summary')
      ) {
        found.push(`${name(holder)} is too narrow for what it says`);
      }
    }

    const scroller = (element: Element) => element.closest('main, .menu-panel, dialog') ?? root;
    const controls = all.filter((element) =>
      element.matches('button:not(.menu-shade), a[href], input:not([hidden]), select, summary'),
    );
    for (const [i, one] of controls.entries()) {
      const a = boxOf(one);
      // A link in a sentence is as high as its line (WCAG 2.2, criterion 2.5.8).
      const inLine = one.matches('a') && getComputedStyle(one).display === 'inline';
      const labelled = one instanceof HTMLInputElement && one.closest('label');
      const target = labelled ? boxOf(labelled) : a;
      if (
        !inLine &&
        (target.height < 23.5 || target.width < 23.5) &&
        !one.matches('.row-title, .address')
      ) {
        found.push(
          `${name(one)} is a target of ${Math.round(target.width)} × ${Math.round(target.height)}`,
        );
      }
      for (const other of controls.slice(i + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        if (
          scroller(one) !== scroller(other) ||
          (one.closest('.field-box') && one.closest('.field-box') === other.closest('.field-box'))
        )
          continue;
        const b = boxOf(other);
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 1) found.push(`${name(one)} lies over ${name(other)}`);
      }
    }
    return [...new Set(found)];
  });
}

/** The letters that stay as they are when somebody wants all text twice as large. */
export async function lettersThatStay(page: Page, enlarge: () => Promise<void>): Promise<string[]> {
  const sizes = () =>
    page.evaluate(() =>
      [...document.body.querySelectorAll('*')]
        .filter((element) =>
          [...element.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
          ),
        )
        .map((element) => ({
          text: (element.textContent ?? '').slice(0, 40),
          size: parseFloat(getComputedStyle(element).fontSize),
        })),
    );
  const before = await sizes();
  await enlarge();
  const after = await sizes();
  return before.flatMap(({ text, size }, i) => ((after[i]?.size ?? 0) < 1.99 * size ? [text] : []));
}
