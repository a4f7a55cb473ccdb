import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icons.tsx';

/** An entry of a menu: something to do, or a further menu. */
export type MenuItem =
  | { label: string; icon?: IconName; danger?: boolean; act: () => void }
  | { label: string; icon?: IconName; items: readonly MenuItem[] };

export interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  anchor: HTMLElement | null;
  /** @param back whether the focus goes back to the button. */
  close: (back: boolean) => void;
}

/** What a menu button opens. */
export function Menu({ label, items, anchor, close }: MenuProps) {
  const panel = useRef<HTMLDivElement>(null);
  const opened = useSignal<{ label: string; items: readonly MenuItem[] } | undefined>(undefined);
  const shown = opened.value?.items ?? items;

  useLayoutEffect(() => {
    const element = panel.current;
    if (!element || !anchor) return undefined;
    place(element, anchor);
    element.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    // A popup grows with what it shows, a moment later.
    const again = () => place(element, anchor);
    addEventListener('resize', again);
    return () => removeEventListener('resize', again);
  }, [shown]);

  function choose(item: MenuItem) {
    if ('items' in item) {
      opened.value = item;
      return;
    }
    // First, so that what it opens can take the focus.
    close(true);
    item.act();
  }
  function onKeyDown(event: KeyboardEvent) {
    const entries = [...(panel.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const focus = (index: number) => entries.at(index % entries.length)?.focus();
    const item = shown[at];
    // The page's own keys, and the browser's that closes a popup, are not for the menu.
    event.stopPropagation();
    if (event.key === 'ArrowDown') focus(at + 1);
    else if (event.key === 'ArrowUp') focus(at - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === forward() && item && 'items' in item) choose(item);
    else if (opened.value && (event.key === 'Escape' || event.key === back()))
      opened.value = undefined;
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(true);
    else if (event.key.length === 1 && event.key !== ' ') {
      const rest = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      const start = event.key.toLocaleLowerCase();
      rest.find((entry) => entry.textContent?.toLocaleLowerCase().startsWith(start))?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <div
      ref={panel}
      class="menu-panel floating"
      role="menu"
      tabIndex={-1}
      aria-label={opened.value?.label ?? label}
      onKeyDown={onKeyDown}
      onFocusOut={({ relatedTarget }) => {
        // A submenu replaces the entry that had the focus; nothing has it for a moment.
        const inside = relatedTarget instanceof Node && panel.current?.contains(relatedTarget);
        if (!inside && relatedTarget !== null && relatedTarget !== anchor) close(false);
      }}
    >
      <button
        type="button"
        class="menu-shade"
        tabIndex={-1}
        aria-hidden
        onClick={() => close(true)}
      />
      {shown.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={'danger' in item && item.danger ? 'menu-item danger' : 'menu-item'}
          aria-haspopup={'items' in item ? 'menu' : undefined}
          onClick={() => choose(item)}
        >
          {item.icon && <Icon name={item.icon} size={16} />}
          <span>{item.label}</span>
          {'items' in item && <Icon name="next" size={16} />}
        </button>
      ))}
    </div>
  );
}

const rightToLeft = () => document.documentElement.dir === 'rtl';
const forward = () => (rightToLeft() ? 'ArrowLeft' : 'ArrowRight');
const back = () => (rightToLeft() ? 'ArrowRight' : 'ArrowLeft');

/** Below the button, or above it where that has more room; never outside the window. */
function place(panel: HTMLElement, anchor: HTMLElement): void {
  const button = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = innerHeight - button.bottom >= height + MARGIN || button.top < innerHeight / 2;
  const top = below ? button.bottom + 4 : button.top - height - 4;
  const left = rightToLeft() ? button.left : button.right - width;
  panel.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
  panel.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
}

/** Between a menu and the edge of the window, in CSS pixels. */
const MARGIN = 8;
