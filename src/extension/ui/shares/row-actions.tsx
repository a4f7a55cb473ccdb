import { useSignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { JobView, ShareView } from '../../background/view-state.ts';
import type { Actions } from '../../views/client.ts';
import { pickFiles } from '../file-picker.tsx';

/** What its row has to know of a share. */
export type RowShare = Pick<ShareView, 'sharename' | 'url'>;

/** What a row asks its page to do. */
export interface RowActions {
  add: (share: RowShare, label: string) => void;
  showQr: (url: string, label: string) => void;
  /** What stands behind a sentence that says that something is wrong. */
  showDetails: (job: JobView) => void;
  /** Left out where the page is the tab already. */
  openTab?: (label: string) => void;
  /** Only where files are chosen in the tab. */
  chooseAgain?: (batch: string) => void;
}

/** What the rows of a page share: one dialog for all. */
export function useRowActions(
  { openUploadTab, ...actions }: Actions,
  page: 'popup' | 'popup-without-picker' | 'tab',
) {
  const dialog = useSignal<ComponentChild>(null);
  const close = () => {
    dialog.value = null;
  };
  const inTab = (part: Record<string, string>) => openUploadTab(`${new URLSearchParams(part)}`);
  const away = page === 'popup-without-picker';
  const does: RowActions = {
    add(share, label) {
      const { sharename: add, url = '' } = share;
      if (away) inTab({ add, url, label });
      else pickFiles((files) => actions.addTo(share, files));
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
    ...(page !== 'tab' && { openTab: (share) => inTab({ share }) }),
    ...(away && { chooseAgain: (row) => inTab({ row }) }),
  };
  return { does, parts: dialog.value };
}
