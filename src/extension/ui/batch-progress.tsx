import type { JobView } from '../background/view-state.ts';
import type { JobProgress } from '../jobs/host.ts';
import { formatPercent, plural, t } from '../platform/i18n.ts';
import { type Batch, isMoving } from './batches.ts';
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
  const several = jobs.length > 1;
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
        {several && `${t('filesDone', done, jobs.length)} · `}
        {!mover ? stillText(batch) : several ? sentText(batch) : movingText(mover, figures)}
      </p>
      {several && mover && (
        <p class="file-line">
          <FileName name={mover.name} />
          <span class="muted">{movingText(mover, figures)}</span>
        </p>
      )}
    </>
  );
}

function timeLeft({ size, sent, figures }: Batch): string | undefined {
  const speed = figures?.speed ?? 0;
  return speed > 0 ? formatTimeLeft(((size - sent) / speed) * 1000, 'long') : undefined;
}

function movingText(file: JobView, figures: JobProgress | undefined): string {
  if (file.state === 'finishing') return t('finishing');
  if (figures?.phase === 'checking') return t('checking');
  return sentText(file, figures?.from);
}

function sentText({ sent = 0, size = 0 }: Pick<JobView, 'sent' | 'size'>, from = 0): string {
  const figures = [formatBytes(sent), formatBytes(size)] as const;
  return from > 0
    ? t('progressFrom', ...figures, formatBytes(from))
    : t('progressText', ...figures);
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
          <li class="file-line" key={job.id}>
            <FileName name={job.name} />
            <span class="muted">{fileText(job)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function fileText(job: JobView): string {
  const { state, size = 0, sent = 0 } = job;
  if (state === 'done') return t('done');
  if (state === 'paused') return t('paused');
  return isMoving(job) && sent > 0 ? formatPercent(sent / size) : formatBytes(size);
}
