import { useSignal } from '@preact/signals';
import type { JobView } from '../background/view-state.ts';
import { t } from '../platform/i18n.ts';
import { type Program, problemText } from '../views/diagnostics.ts';
import { Dialog } from './dialog.tsx';

interface DetailsDialogProps {
  job: JobView;
  program: Program;
  copy: (text: string) => Promise<void>;
  close: () => void;
}

/** What stands behind a sentence that says that something is wrong. */
export function DetailsDialog({ job, program, copy, close }: DetailsDialogProps) {
  const text = problemText(job, program);
  const outcome = useSignal<'copied' | 'notCopied' | undefined>(undefined);
  return (
    <Dialog heading={t('details')} label={job.name} close={close}>
      <p class="muted">{t('diagnosticsHint')}</p>
      {/* Told in English, as whoever helps reads it. It scrolls, so it takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keyboards have to scroll it */}
      <pre class="details-text" lang="en" dir="ltr" tabIndex={0} aria-label={t('details')}>
        {text}
      </pre>
      <button
        type="button"
        class="button wide"
        onClick={() =>
          void copy(text).then(
            () => (outcome.value = 'copied'),
            () => (outcome.value = 'notCopied'),
          )
        }
      >
        {t('copy')}
      </button>
      <p class={outcome.value ? 'muted' : 'hidden'} role="status">
        {outcome.value && t(outcome.value)}
      </p>
    </Dialog>
  );
}
