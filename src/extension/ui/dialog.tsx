import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../platform/i18n.ts';
import { FileName } from './parts.tsx';

interface DialogProps {
  /** What it is about; its name. */
  label: string;
  /** Told before the label. */
  heading?: string;
  close: () => void;
  /** Beside the button that closes it. */
  button?: ComponentChildren;
  children: ComponentChildren;
}

/** One thing to look at, over everything else. */
export function Dialog({ label, heading, close, button, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="dialog-heading"
      onClose={close}
      // Outside of what it holds is its backdrop.
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Left to the browser, it would close the popup as well.
        event.preventDefault();
        dialog.current?.close();
      }}
    >
      <div class="dialog-content">
        <h2 class="title" id="dialog-heading">
          {heading !== undefined && `${heading}: `}
          <FileName name={label} />
        </h2>
        {children}
        <div class="dialog-buttons">
          {button}
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t('close')}
          </button>
        </div>
      </div>
    </dialog>
  );
}
