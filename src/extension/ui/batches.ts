import { sentOf, sum } from '../background/progress.ts';
import type { JobView } from '../background/view-state.ts';
import type { JobProgress } from '../jobs/host.ts';
import type { WaitReason } from '../jobs/job.ts';

/** Files that were given together: one share, one row. */
export interface Batch {
  id: string;
  /** Never empty; oldest first. What has been sent of each is known to the byte. */
  jobs: JobView[];
  label: string;
  thumbnail?: string;
  url?: string;
  sharename?: string;
  /** The file to say something about: one that needs the user, else one under way. */
  spokesman: JobView;
  /** The first file that moves, if one does. */
  mover?: JobView;
  /** Of the one that moves. */
  figures?: JobProgress;
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
  paused: 7,
  done: 8,
  cancelled: 9,
};

export function batchesOf(
  jobs: readonly JobView[],
  progress: ReadonlyMap<string, JobProgress>,
): Batch[] {
  const ids = [...new Set(jobs.map(({ batch }) => batch))];
  return ids.flatMap((id) => {
    const own = jobs
      .filter(({ batch }) => batch === id)
      .map((job) => ({ ...job, sent: sentOf(job, job.state, progress) }));
    const [spokesman] = own.toSorted((a, b) => RANK[a.state] - RANK[b.state]);
    const [first] = own;
    if (!spokesman || !first) return [];
    // A link to what was deleted is none, whichever of its files has heard of it.
    const gone = own.some(({ failure }) => failure?.code === 'share-gone');
    const linked = gone ? undefined : own.find(({ url }) => url !== undefined);
    const thumbnail = own.find(({ thumbnail }) => thumbnail !== undefined)?.thumbnail;
    const mover = own.find(({ state }) => state === 'sending') ?? own.find(isMoving);
    const figures = mover && progress.get(mover.id);
    return [
      {
        id,
        jobs: own,
        label: first.title ?? first.name,
        ...(thumbnail !== undefined && { thumbnail }),
        ...(linked?.url !== undefined && { url: linked.url }),
        ...(linked?.sharename !== undefined && { sharename: linked.sharename }),
        spokesman,
        ...(mover && { mover }),
        ...(figures && { figures }),
        done: own.filter(({ state }) => state === 'done').length,
        size: sum(own.map(({ size }) => size ?? 0)),
        sent: sum(own.map(({ sent }) => sent)),
      },
    ];
  });
}

export function isMoving({ state }: Pick<JobView, 'state'>): boolean {
  return state === 'sending' || state === 'finishing';
}

/** Whether the user could have it stand still. */
export function canPause({ state, reason }: JobView): boolean {
  if (state === 'waiting') return reason !== undefined && PASSING.has(reason.kind);
  return isMoving({ state }) || state === 'announced' || state === 'captured';
}

const PASSING: ReadonlySet<WaitReason['kind']> = new Set(['offline', 'network', 'server', 'busy']);
