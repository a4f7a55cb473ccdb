import { sum } from '../background/progress.ts';
import type { JobProgress } from '../jobs/host.ts';
import { t } from '../platform/i18n.ts';
import type { Actions } from '../views/client.ts';
import { type Batch, canPause, isMoving } from './batches.ts';
import { formatSpeed, formatTimeLeft } from './format.ts';

interface SummaryProps {
  batches: readonly Batch[];
  progress: ReadonlyMap<string, JobProgress>;
  actions: Actions;
}

/** How far all of it is, and one button for all of it. */
export function Summary({ batches, progress, actions }: SummaryProps) {
  const jobs = batches.flatMap((batch) => batch.jobs);
  const done = jobs.filter(({ state }) => state === 'done').length;
  const moving = jobs.filter(isMoving);
  const speeds = moving.flatMap(({ id }) => progress.get(id)?.speed ?? []);
  const speed = Math.max(0, ...speeds);
  const left = sum(batches.map(({ size, sent }) => size - sent));
  const facts = [
    jobs.length > 1 && done < jobs.length && t('filesDone', done, jobs.length),
    speed > 0 && formatSpeed(speed),
    speed > 0 && formatTimeLeft((left / speed) * 1000),
  ].filter((fact) => fact !== false);
  const pausable = jobs.some(canPause);
  const paused = jobs.some(({ state }) => state === 'paused');
  return (
    <div class="summary">
      <h2 id="in-progress" tabIndex={-1}>
        {t('inProgress')}
      </h2>
      <span class="summary-facts">{facts.join(' · ')}</span>
      {batches.length > 1 && (pausable || paused) && (
        <button
          type="button"
          class="quiet-button"
          onClick={() => (pausable ? actions.pause() : actions.resume())}
        >
          {pausable ? t('pauseAll') : t('resumeAll')}
        </button>
      )}
    </div>
  );
}
