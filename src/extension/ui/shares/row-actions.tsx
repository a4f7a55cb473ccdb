import { useSignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { JobView, ShareView } from '../../background/view-state.ts';
import type { Actions } from '../../views/client.ts';
import { pickFiles } from '../file-picker.tsx';

/** What its row has to know of a share. */
export type RowShare = Pick<ShareView, 'sharename' | 'url'>;

/** What a row asks its page to do. */
export interface RowActions {
  add: (share: RowShare) => void;
  showQr: (url: string, label: string) => void;
  /** What stands behind a sentence that says that something is wrong. */
  showDetails: (job: JobView) => void;
  /** Left out where the page is the tab already. */
  openTab?: (share: RowShare) => void;
}

/** What the rows of a page share: one dialog for all. */
export function useRowActions(actions: Actions, page: 'popup' | 'popup-without-picker' | 'tab') {
  const dialog = useSignal<ComponentChild>(null);
  const close = () => {
    dialog.value = null;
  };
  const openTab = (share: RowShare) => actions.openUploadTab(`share=${share.sharename}`);
  const does: RowActions = {
    add(share) {
      if (page === 'popup-without-picker') {
        actions.openUploadTab(`add=${share.sharename}`);
        return;
      }
      pickFiles((files) => actions.addTo(share, files));
    },
    // Nobody needs either in the first frame.
    showQr(url, label) {
      void import('./qr-dialog.tsx').then(({ QrDialog }) => {
        dialog.value = <QrDialog url={url} label={label} close={close} />;
      });
    },
    showDetails(job) {
      void import('../details-dialog.tsx').then(({ DetailsDialog }) => {
        dialog.value = (
          <DetailsDialog
            job={job}
            program={actions.program()}
            copy={actions.copyText}
            close={close}
          />
        );
      });
    },
    ...(page !== 'tab' && { openTab }),
  };
  return { does, parts: dialog.value };
}
