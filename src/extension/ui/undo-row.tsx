import { useEffect, useRef } from 'preact/hooks';
import type { Removal } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import { FileName } from './parts.tsx';

/** Stands where a row was, for as long as it can be brought back. Takes over the focus. */
export function UndoRow({ removal, undo }: { removal: Removal; undo: (key: string) => void }) {
  const { key, kind, label } = removal;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with its row.
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <li class="row undo">
      <span class="undo-text">
        <FileName name={kind === 'share' ? t('deleted', label) : t('cancelled', label)} />
      </span>
      <button
        type="button"
        ref={button}
        class="button"
        aria-label={t('undoFor', label)}
        onClick={() => undo(key)}
      >
        {t('undo')}
      </button>
    </li>
  );
}
