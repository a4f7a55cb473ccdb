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
    <Dialog
      heading={t('details')}
      label={job.name}
      close={close}
      button={
        <button
          type="button"
          class="button"
          onClick={() =>
            void copy(text).then(
              () => (outcome.value = 'copied'),
              () => (outcome.value = 'notCopied'),
            )
          }
        >
          {outcome.value === 'copied' ? t('copied') : t('copy')}
        </button>
      }
    >
      <p class="muted">{t('diagnosticsHint')}</p>
      {/* Told in English, as whoever helps reads it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keyboards have to scroll it */}
      <pre class="details-text" lang="en" dir="ltr" tabIndex={0} aria-label={t('details')}>
        {text}
      </pre>
      <p class={outcome.value === 'notCopied' ? 'muted' : 'hidden'} role="status">
        {outcome.value && t(outcome.value)}
      </p>
    </Dialog>
  );
}
