import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const CONTROLS = 'a[href], button:not(:disabled), input:not([hidden]), select, summary';

function focusWhatIsLeft(): void {
  if (document.activeElement !== document.body) return;
  const recent = document.querySelector<HTMLElement>('#recent');
  (recent ?? document.querySelector<HTMLElement>('main .button.main'))?.focus();
}

/**
 * One tab stop for a list of rows: up and down go from row to row, the sideways arrows from control
 * to control of a row. A row that goes hands the focus to the next one, the last one to the heading.
 * https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex
 */
export function useRovingRows(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = list.current;
    if (!root) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    let current: HTMLElement | undefined;
    /** Where the focus was last, for when its row goes; `undefined` once it is elsewhere. */
    let place: { row: number; control: number } | undefined;

    const rows = () => [...root.querySelectorAll<HTMLElement>(':scope > li')];
    const controls = (row: Element | undefined) =>
      [...(row?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])].filter(
        (control) => !control.closest('[role=menu], details:not([open]) > :not(summary)'),
      );
    /** Where a list is entered: copying is what most people come for. */
    const entry = (row: Element | undefined) =>
      row?.querySelector<HTMLElement>('.copy:not(:disabled)') ?? controls(row)[0];

    function settle() {
      const all = rows().flatMap(controls);
      if (!current || !all.includes(current)) {
        const near = rows()[Math.min(place?.row ?? 0, rows().length - 1)];
        const lost = place !== undefined && document.activeElement === document.body;
        current = entry(near);
        if (lost) {
          if (current) current.focus();
          else root?.closest('section')?.querySelector<HTMLElement>('h2')?.focus();
        }
      }
      for (const control of all) control.tabIndex = control === current ? 0 : -1;
    }
    function move(event: KeyboardEvent) {
      const { target } = event;
      if (!(target instanceof HTMLElement) || target.closest('[role=menu], .rename')) return;
      const all = rows();
      const row = all.findIndex((row) => row.contains(target));
      const own = controls(all[row]);
      const control = own.indexOf(target);
      const sideways = document.documentElement.dir === 'rtl' ? -1 : 1;
      const inRow = (index: number) => controls(all[index])[control] ?? entry(all[index]);
      const ways: Record<string, () => HTMLElement | undefined> = {
        ArrowDown: () => (target instanceof HTMLSelectElement ? undefined : inRow(row + 1)),
        ArrowUp: () => (target instanceof HTMLSelectElement ? undefined : inRow(row - 1)),
        ArrowRight: () => own[control + sideways],
        ArrowLeft: () => own[control - sideways],
        Home: () => entry(all[0]),
        End: () => entry(all.at(-1)),
      };
      const next = ways[event.key]?.();
      if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      next.focus();
    }

    const observer = new MutationObserver(settle);
    observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    root.addEventListener('keydown', move, { signal });
    root.addEventListener(
      'focusin',
      ({ target }) => {
        if (!(target instanceof HTMLElement)) return;
        const row = rows().findIndex((row) => row.contains(target));
        const control = controls(rows()[row]).indexOf(target);
        if (control < 0) return;
        place = { row, control };
        current = target;
        settle();
      },
      { signal },
    );
    root.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        // To nothing it also goes when its row is taken away, which only the observer can tell.
        if (relatedTarget instanceof Node && !root.contains(relatedTarget)) place = undefined;
      },
      { signal },
    );
    settle();
    return () => {
      stop.abort();
      observer.disconnect();
      // The list goes with its last row: what was on its way is the newest of what is there now.
      if (place !== undefined) requestAnimationFrame(focusWhatIsLeft);
    };
  }, [list]);
}
