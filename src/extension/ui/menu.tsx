import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { IconName } from './icons.tsx';
import { later } from './later.tsx';

const Menu = later(async () => (await import('./menu-panel.tsx')).Menu);

/** An entry of a menu: something to do, or a further menu. */
export type MenuItem =
  | { label: string; icon?: IconName; danger?: boolean; act: () => void }
  | { label: string; icon?: IconName; items: readonly MenuItem[] };

interface MenuButtonProps {
  /** The button's name. */
  label: string;
  class: string;
  items: readonly MenuItem[];
  children: ComponentChildren;
}

/**
 * A button that opens a menu, by the pattern of the ARIA Authoring Practices:
 * https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function MenuButton({ label, class: style, items, children }: MenuButtonProps) {
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    open.value = false;
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        class={style}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || !event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          open.value = true;
        }}
      >
        {children}
      </button>
      {open.value && (
        <Menu
          label={label}
          items={items}
          anchor={button.current}
          close={(back) => {
            close();
            if (back) button.current?.focus();
          }}
        />
      )}
    </>
  );
}
