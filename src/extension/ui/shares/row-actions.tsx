import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { ShareView } from '../../background/view-state.ts';
import type { Actions } from '../../views/client.ts';
import { pickFiles } from '../file-picker.tsx';

/** What a row asks its page to do. */
export interface RowActions {
  add: (share: ShareView) => void;
  showQr: (url: string, label: string) => void;
  /** Left out where the page is the tab already. */
  openTab?: (share: ShareView) => void;
}

type Dialog = ComponentType<{ url: string; label: string; close: () => void }>;

/** What the rows of a page share: one dialog for all. */
export function useRowActions(actions: Actions, page: 'popup' | 'popup-without-picker' | 'tab') {
  const shown = useSignal<{ url: string; label: string; Dialog: Dialog } | undefined>(undefined);
  const openTab = (share: ShareView) => actions.openUploadTab(`share=${share.sharename}`);
  const does: RowActions = {
    add(share) {
      if (page === 'popup-without-picker') {
        actions.openUploadTab(`add=${share.sharename}`);
        return;
      }
      pickFiles((files) => actions.addTo(share, files));
    },
    showQr(url, label) {
      // Nobody needs it in the first frame.
      void import('./qr-dialog.tsx').then(({ default: Dialog }) => {
        shown.value = { url, label, Dialog };
      });
    },
    ...(page !== 'tab' && { openTab }),
  };
  const { Dialog, url, label } = shown.value ?? {};
  const parts = Dialog && url !== undefined && label !== undefined && (
    <Dialog
      url={url}
      label={label}
      close={() => {
        shown.value = undefined;
      }}
    />
  );
  return { does, parts };
}
