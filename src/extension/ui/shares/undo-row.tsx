import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Removal } from '../../background/view-state.ts';
import { t } from '../../platform/i18n.ts';
import type { Actions } from '../../views/client.ts';
import { FileName } from '../parts.tsx';

/** Stands for the name in a sentence. */
const GAP = '\uFFFC';

/** Shorter than the time to undo, in milliseconds. */
const HOLD_AGAIN = 2_000;

/**
 * Stands where a row was, for as long as it can be brought back. Takes over the focus. Its time
 * stands still while the pointer or the keyboard is on it; a popup that closes lets go by itself.
 */
export function UndoRow({ removal, actions }: { removal: Removal; actions: Actions }) {
  const { key, kind, label } = removal;
  // The name is cut in its middle, and keeps its own writing direction.
  const [before, after] = t(kind === 'share' ? 'deleted' : 'cancelled', GAP).split(GAP);
  const button = useRef<HTMLButtonElement>(null);
  const hovered = useSignal(false);
  const focused = useSignal(false);
  const held = hovered.value || focused.value;
  useEffect(() => {
    // The button that was pressed is gone with its row.
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  useEffect(() => {
    if (!held) return undefined;
    actions.hold(key);
    const timer = setInterval(() => actions.hold(key), HOLD_AGAIN);
    return () => clearInterval(timer);
  }, [held, key]);
  return (
    <li
      class="row undo"
      onMouseEnter={() => (hovered.value = true)}
      onMouseLeave={() => (hovered.value = false)}
    >
      <span class="undo-text">
        {before}
        <FileName name={label} />
        {after}
      </span>
      <button
        type="button"
        ref={button}
        class="button"
        aria-label={t('undoFor', label)}
        // The focus that comes after a click with the mouse is nobody's choice.
        onFocus={({ currentTarget }) => (focused.value = currentTarget.matches(':focus-visible'))}
        onBlur={() => (focused.value = false)}
        onClick={() => actions.undo(key)}
      >
        {t('undo')}
      </button>
    </li>
  );
}
