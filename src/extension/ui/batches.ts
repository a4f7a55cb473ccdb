import type { JobView } from '../background/view-state.ts';
import type { JobProgress } from '../jobs/host.ts';

/** Files that were given together: one share, one row. */
export interface Batch {
  id: string;
  /** Never empty; oldest first. */
  jobs: JobView[];
  label: string;
  thumbnail?: string;
  url?: string;
  sharename?: string;
  /** The file to say something about: one that needs the user, else one under way. */
  spokesman: JobView;
  done: number;
  /** Bytes of all files together, and how many of them have left. */
  size: number;
  sent: number;
}

const RANK: Record<JobView['state'], number> = {
  failed: 0,
  waiting: 1,
  sending: 2,
  finishing: 3,
  announced: 4,
  captured: 5,
  capturing: 6,
  done: 7,
  cancelled: 8,
};

export function batchesOf(
  jobs: readonly JobView[],
  progress: ReadonlyMap<string, JobProgress>,
): Batch[] {
  const ids = [...new Set(jobs.map(({ batch }) => batch))];
  return ids.flatMap((id) => {
    const own = jobs.filter(({ batch }) => batch === id);
    const [spokesman] = own.toSorted((a, b) => RANK[a.state] - RANK[b.state]);
    const [first] = own;
    if (!spokesman || !first) return [];
    const linked = own.find(({ url }) => url !== undefined);
    const thumbnail = own.find(({ thumbnail }) => thumbnail !== undefined)?.thumbnail;
    return [
      {
        id,
        jobs: own,
        label: first.name,
        ...(thumbnail !== undefined && { thumbnail }),
        ...(linked?.url !== undefined && { url: linked.url }),
        ...(linked?.sharename !== undefined && { sharename: linked.sharename }),
        spokesman,
        done: own.filter(({ state }) => state === 'done').length,
        size: sum(own.map(({ size }) => size ?? 0)),
        sent: sum(own.map((job) => sentOf(job, progress.get(job.id)))),
      },
    ];
  });
}

function sentOf({ state, size = 0 }: JobView, progress: JobProgress | undefined): number {
  if (state === 'done' || state === 'finishing') return size;
  if (state !== 'sending' || !progress) return 0;
  // What is sent is the form around the file as well, a few hundred bytes more than the file.
  return Math.round(size * Math.min(1, progress.sent / (progress.total ?? Math.max(1, size))));
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
