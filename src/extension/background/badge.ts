import type { JobProgress } from '../jobs/host.ts';
import { isActive, isUnfinished, type Job, needsUser } from '../jobs/job.ts';
import { formatPercent, plural, t } from '../platform/i18n.ts';
import { percentOf } from './progress.ts';

/** The toolbar button: a sign for the eye, and the same in words. */
export interface Badge {
  update: (jobs: readonly Job[]) => void;
  progressed: (figures: JobProgress) => void;
}

/** Number of files in progress; `!` when something needs the user; empty otherwise. */
export function createBadge(show: (text: string, title: string) => Promise<void>): Badge {
  const progress = new Map<string, JobProgress>();
  let jobs: readonly Job[] = [];
  let shown = '';

  function draw() {
    const { text, title } = faceOf(jobs, progress);
    if (`${text} ${title}` === shown) return;
    shown = `${text} ${title}`;
    void show(text, title);
  }

  return {
    update(next) {
      jobs = next;
      for (const id of progress.keys()) {
        if (!jobs.some((job) => job.id === id)) progress.delete(id);
      }
      draw();
    },
    progressed(figures) {
      progress.set(figures.id, figures);
      draw();
    },
  };
}

function faceOf(jobs: readonly Job[], progress: ReadonlyMap<string, JobProgress>) {
  const active = jobs.filter(isActive);
  const stuck = jobs.filter(needsUser).length;
  if (stuck > 0) return { text: '!', title: plural('titleNeedsYou', stuck) };
  const paused = jobs.filter(({ state }) => state.name === 'paused').length;
  if (active.length === 0) {
    return {
      text: '',
      title: paused > 0 ? plural('titlePaused', paused) : t('extensionShortName'),
    };
  }
  const moving = active.some(({ state }) => state.name === 'sending' || state.name === 'finishing');
  const percent = percentOf(
    jobs.filter((job) => isUnfinished(job) || job.state.name === 'done'),
    progress,
  );
  return {
    text: String(active.length),
    title: moving
      ? plural('titleUploadingPercent', active.length, formatPercent(percent / 100))
      : plural('titleUploading', active.length),
  };
}
