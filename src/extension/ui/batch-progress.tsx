import type { JobView } from '../background/view-state.ts';
import { formatPercent, plural, t } from '../platform/i18n.ts';
import type { Batch } from './batches.ts';
import { formatBytes, formatTimeLeft } from './format.ts';
import { Icon } from './icons.tsx';
import { FileName, ProgressBar } from './parts.tsx';
import { needsWords } from './texts.ts';

/** One bar for the share, and one line that says how far it is. */
export function BatchProgress({ batch }: { batch: Batch }) {
  const { label, jobs, size, sent, done, mover, figures, spokesman } = batch;
  if (done === jobs.length) {
    return (
      <p class="row-state done">
        <Icon name="check" size={16} />
        {t('done')} · {formatBytes(size)}
      </p>
    );
  }
  const paused = spokesman.state === 'paused';
  if (!mover && !paused && needsWords(spokesman)) return null;
  const checking = mover !== undefined && figures?.phase === 'checking';
  const pulsing = mover?.state === 'finishing';
  return (
    <>
      {(mover || sent > 0) && (
        <ProgressBar
          label={label}
          sent={checking ? figures.sent : sent}
          size={checking ? (figures.total ?? size) : size}
          pulsing={pulsing}
          left={mover && !checking ? timeLeft(batch) : undefined}
        />
      )}
      <p class="row-state">
        {jobs.length > 1 && `${t('filesDone', done, jobs.length)} · `}
        {checking
          ? t('checking')
          : pulsing
            ? t('finishing')
            : mover
              ? movingText(batch)
              : stillText(batch)}
      </p>
    </>
  );
}

function timeLeft({ size, sent, figures }: Batch): string | undefined {
  const speed = figures?.speed ?? 0;
  return speed > 0 ? formatTimeLeft(((size - sent) / speed) * 1000, 'long') : undefined;
}

function movingText({ sent, size, figures }: Batch): string {
  const from = figures?.from ?? 0;
  if (from > 0) {
    return t('progressFrom', formatBytes(sent), formatBytes(size), formatBytes(from));
  }
  return t('progressText', formatBytes(sent), formatBytes(size));
}

function stillText({ sent, size, spokesman: { state, reason } }: Batch): string {
  if (state === 'paused') {
    return sent > 0 ? t('pausedAt', formatBytes(sent), formatBytes(size)) : t('paused');
  }
  if (state === 'capturing') return t('reading');
  return t(reason?.kind === 'offline' ? 'waitingOffline' : 'waiting');
}

/** The files of a share of several, each with how far it is. */
export function FileList({ batch }: { batch: Batch }) {
  return (
    <details class="files">
      <summary>{plural('files', batch.jobs.length)}</summary>
      <ul>
        {batch.jobs.map((job) => (
          <li key={job.id}>
            <FileName name={job.name} />
            <span class="muted">{fileText(job, batch)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function fileText({ id, state, size = 0 }: JobView, { mover, figures }: Batch): string {
  if (state === 'done') return t('done');
  if (state === 'paused') return t('paused');
  if (id === mover?.id && figures && size > 0) return formatPercent(figures.sent / size);
  return formatBytes(size);
}
