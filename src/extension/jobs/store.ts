import { createStore, del, delMany, get, keys, set, setMany, values } from 'idb-keyval';
import { isNoRoom } from '../platform/no-room.ts';
import type { Job, JobEvent, JobFacts, JobId } from './job.ts';
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
  /** Removes the bytes of files that have no job: the browser ended between the two. */
  removeOrphans: (jobs: readonly JobId[]) => Promise<void>;
}

export function createByteStore(): ByteStore {
  const store = createStore('gett-bytes', 'bytes');
  return {
    put: (id, bytes) => set(id, bytes, store),
    get: (id) => get<Blob>(id, store),
    remove: (id) => del(id, store),
    async removeOrphans(jobs) {
      const known = new Set(jobs);
      const orphans = (await keys<JobId>(store)).filter((id) => !known.has(id));
      await delMany(orphans, store);
    },
  };
}

/** One change of a job that may be gone by now. */
export interface JobChange {
  id: JobId;
  event?: JobEvent;
  facts?: JobFacts;
}

/** All jobs. Written by the background alone; every change is on disk before anybody sees it. */
export interface JobStore {
  /** Oldest first. A new one is among them once it is on disk. */
  all: () => readonly Job[];
  /** The same as they are on disk. Whoever has seen something does not lose it with the browser. */
  saved: () => readonly Job[];
  get: (id: JobId) => Job | undefined;
  add: (...jobs: Job[]) => Promise<void>;
  /** Changes several at once: all of it is on disk, or nothing. */
  change: (changes: readonly JobChange[]) => Promise<void>;
  /** Applies one event. Gives the job as it is now, or `undefined` if there is none. */
  dispatch: (id: JobId, event: JobEvent) => Promise<Job | undefined>;
  /** Changes what is known about the file, never its state. */
  describe: (id: JobId, facts: JobFacts) => Promise<void>;
  remove: (id: JobId) => Promise<void>;
}

/** Where jobs of private windows are: it outlives the background, and is never on disk. */
export interface PrivateMemory {
  get: () => Promise<Job[] | undefined>;
  set: (jobs: Job[]) => Promise<void>;
}

/**
 * Reads what an earlier run has left behind. `changed` is called after every change, `noRoom` when
 * the disk takes none: what is under way goes on all the same, and is forgotten with the browser.
 */
export async function openJobStore(
  changed: () => void,
  memory: PrivateMemory = { get: async () => [], set: async () => undefined },
  noRoom: () => void = () => undefined,
): Promise<JobStore> {
  const store = createStore('gett-jobs', 'jobs');
  const found = [...(await values<Job>(store)), ...((await memory.get()) ?? [])];
  const jobs = new Map(found.map((job) => [job.id, job]));
  const saved = new Map(jobs);
  const savePrivate = () => memory.set([...jobs.values()].filter((job) => job.private));
  const put = (next: readonly Job[]) => {
    for (const job of next) jobs.set(job.id, job);
  };
  const write = (next: readonly Job[]) =>
    setMany(
      next.filter((job) => !job.private).map((job) => [job.id, job]),
      store,
    ).catch((error: unknown) => {
      if (!isNoRoom(error)) throw error;
      noRoom();
    });
  const show = async (next: readonly Job[]) => {
    if (next.some((job) => job.private)) await savePrivate();
    // What was removed meanwhile stays away.
    for (const job of next) if (jobs.has(job.id)) saved.set(job.id, job);
    changed();
  };
  const change = async (changes: readonly JobChange[]) => {
    const next = changes.flatMap(({ id, event, facts = {} }) => {
      const job = jobs.get(id);
      if (!job) return [];
      const state = event ? reduce(job.state, event) : job.state;
      if (state === job.state && Object.keys(facts).length === 0) return [];
      return [withFacts({ ...job, state }, facts)];
    });
    if (next.length === 0) return;
    // The next event builds on this one, however long the disk takes.
    put(next);
    await write(next);
    await show(next);
  };
  return {
    all: () => inOrder(jobs),
    saved: () => inOrder(saved),
    get: (id) => jobs.get(id),
    async add(...added) {
      await write(added);
      put(added);
      await show(added);
    },
    change,
    async dispatch(id, event) {
      await change([{ id, event }]);
      return jobs.get(id);
    },
    describe: (id, facts) => change([{ id, facts }]),
    async remove(id) {
      const job = jobs.get(id);
      jobs.delete(id);
      saved.delete(id);
      await (job?.private ? savePrivate() : del(id, store));
      changed();
    },
  };
}

const inOrder = (jobs: ReadonlyMap<JobId, Job>) =>
  [...jobs.values()].toSorted((a, b) => a.createdAt - b.createdAt);

function withFacts(job: Job, facts: JobFacts): Job {
  const all = { ...job, ...facts };
  const { thumbnail, size, owner, share, asked, session, former, ...others } = all;
  const { begun, tries, sent, kept, title, retitle, ...rest } = others;
  return {
    ...rest,
    name: facts.name ?? job.name,
    ...(thumbnail !== undefined && { thumbnail }),
    ...(size !== undefined && { size }),
    ...(title !== undefined && { title }),
    ...(retitle !== undefined && { retitle }),
    ...(owner && { owner }),
    ...(share && { share }),
    ...(asked !== undefined && { asked }),
    ...(session !== undefined && { session }),
    ...(former && { former }),
    ...(begun !== undefined && { begun }),
    ...(tries !== undefined && { tries }),
    ...(sent !== undefined && { sent }),
    ...(kept !== undefined && { kept }),
  };
}
