import { createStore, del, get, set, values } from 'idb-keyval';
import type { Job, JobEvent, JobId } from './job.ts';
import { reduce } from './reducer.ts';

/** Bytes up to this size are copied into the browser's storage, so that they survive a restart. */
export const KEPT_BYTES: number = 64 * 1024 * 1024;

/**
 * The bytes of small unfinished files. A record of its own per file: rewriting a record copies
 * its Blob again, and a job's state changes often.
 */
export interface ByteStore {
  put: (id: JobId, bytes: Blob) => Promise<void>;
  get: (id: JobId) => Promise<Blob | undefined>;
  remove: (id: JobId) => Promise<void>;
}

export function createByteStore(): ByteStore {
  const store = createStore('gett-bytes', 'bytes');
  return {
    put: (id, bytes) => set(id, bytes, store),
    get: (id) => get<Blob>(id, store),
    remove: (id) => del(id, store),
  };
}

/** All jobs. Written by the background alone; every change is on disk before it is announced. */
export interface JobStore {
  /** Oldest first. */
  all: () => readonly Job[];
  get: (id: JobId) => Job | undefined;
  add: (job: Job) => Promise<void>;
  /** Applies one event. Gives the job as it is now, or `undefined` if there is none. */
  dispatch: (id: JobId, event: JobEvent) => Promise<Job | undefined>;
  /** Changes what is known about the file, never its state. */
  describe: (
    id: JobId,
    facts: Partial<Pick<Job, 'name' | 'size' | 'thumbnail' | 'owner'>>,
  ) => Promise<void>;
  remove: (id: JobId) => Promise<void>;
}

/** Reads what an earlier run has left behind. `changed` is called after every change. */
export async function openJobStore(changed: () => void): Promise<JobStore> {
  const store = createStore('gett-jobs', 'jobs');
  const jobs = new Map((await values<Job>(store)).map((job) => [job.id, job]));
  const save = async (job: Job) => {
    jobs.set(job.id, job);
    await set(job.id, job, store);
    changed();
  };
  return {
    all: () => [...jobs.values()].toSorted((a, b) => a.createdAt - b.createdAt),
    get: (id) => jobs.get(id),
    add: save,
    async dispatch(id, event) {
      const job = jobs.get(id);
      if (!job) return undefined;
      const state = reduce(job.state, event);
      if (state === job.state) return job;
      const next = { ...job, state };
      await save(next);
      return next;
    },
    async describe(id, facts) {
      const job = jobs.get(id);
      if (job) await save({ ...job, ...facts });
    },
    async remove(id) {
      jobs.delete(id);
      await del(id, store);
      changed();
    },
  };
}
