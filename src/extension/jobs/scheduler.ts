import type { Owner } from '../account/account.ts';
import type { ServiceKind } from '../services/capabilities.ts';
import type { ShareService } from '../services/share-service.ts';
import type { Figures, UploadHost } from './host.ts';
import {
  type FileRef,
  isActive,
  isCapturing,
  isRetry,
  type Job,
  type JobEvent,
  type JobId,
  linkOf,
  type WaitReason,
  waitsForService,
} from './job.ts';
import { createLinks } from './links.ts';
import { nextTry } from './retries.ts';
import type { ByteStore, JobChange, JobStore } from './store.ts';

/** How many files are sent at a time; the rest wait in the order in which they came. */
const PARALLEL = 3;
/** And how many when somebody waits for the next one. */
const PARALLEL_WANTED = 2 * PARALLEL;

export interface SchedulerOptions {
  store: JobStore;
  bytes: ByteStore;
  host: UploadHost;
  /** Keeps the background from being stopped while the work lasts. */
  awake: (work: () => Promise<void>) => Promise<void>;
  /** `undefined` while that account is not signed in. */
  service: (owner: Owner) => ShareService | undefined;
  /** Whose account takes files that belong to nobody yet. */
  owner: () => Owner | undefined;
  /** Where somebody is signed in, if nowhere files are taken. */
  pathsOnly: () => ServiceKind | undefined;
  /** The service does not accept the account's secret any more. */
  signInEnded: (owner: Owner) => Promise<void>;
  /** Bytes that are free in the account when so many do not fit; `undefined` when they do. */
  shortOf: (size: number, owner: Owner | undefined) => Promise<number | undefined>;
  /**
   * Whether no room would be enough for such a file, and how large one may be where that is known.
   * `refused`: the service has refused it already.
   */
  tooLarge: (
    size: number,
    owner: Owner | undefined,
    refused?: boolean,
  ) => Promise<{ limit?: number } | undefined>;
  /** What the browser says of the computer's network. */
  online: () => boolean;
  now: () => number;
  /** Files of one batch have their links. */
  announced: (jobs: readonly Job[]) => Promise<void>;
  /** The file is stored. */
  stored: (job: Job) => Promise<void>;
}

export interface Scheduler {
  /**
   * Takes up what an earlier run of the background, or of the browser, has left behind. `sorted` is
   * called as soon as it is known what of it needs the user.
   */
  recover: (sorted?: () => void) => Promise<void>;
  /** Announces what has no link yet, then keeps the host busy. */
  pump: () => Promise<void>;
  /** Takes a report of the host. */
  report: (id: JobId, event: JobEvent, figures?: Figures) => Promise<void>;
  /** Lets jobs go on by themselves that wait for one of these reasons. */
  resume: (...kinds: WaitReason['kind'][]) => Promise<void>;
  /** So many bytes are free now: what fits goes on. */
  roomMade: (free: number) => Promise<void>;
  /** Tries what is due, and takes up what has got stuck. */
  tick: () => Promise<void>;
  /** Somebody waits for the file: it goes ahead of all others. */
  wanted: (file: FileRef) => Promise<void>;
  pause: (jobs: readonly Job[]) => Promise<void>;
  /** The user's own word: goes on at once, and counts tries anew. */
  goOn: (jobs: readonly Job[]) => Promise<void>;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, bytes, host, now } = options;
  const wanted = new Set<JobId>();
  let pumping: Promise<void> | undefined;
  let again = false;

  const inState = (...names: Job['state']['name'][]) =>
    store.all().filter(({ state }) => names.some((name) => name === state.name));

  async function noteSignIn(event: JobEvent, owner: Owner | undefined) {
    if (!owner || event.type !== 'blocked' || event.reason.kind !== 'sign-in') return;
    await options.signInEnded(owner);
  }

  /** What a failure makes of a job: one that may pass is tried again, a few times. */
  function settled(job: Job, event: JobEvent): JobChange {
    if (event.type !== 'blocked' || !isRetry(event.reason)) return { id: job.id, event };
    if (!options.online()) {
      return { id: job.id, event: { type: 'blocked', reason: { kind: 'offline' } } };
    }
    const { tries, reason } = nextTry(job, event.reason, now());
    return { id: job.id, event: { type: 'blocked', reason }, facts: { tries } };
  }

  /** A refusal for want of room, as it has to be understood. */
  async function understood({ size = 0, owner }: Job, event: JobEvent, refused: boolean) {
    if (event.type !== 'blocked' || event.reason.kind !== 'storage') return event;
    const why = await options.tooLarge(size, owner, refused);
    if (!why) return event;
    const detail = event.reason.trace ?? 'It is larger than the account.';
    return { type: 'failed' as const, failure: { code: 'too-large' as const, detail, ...why } };
  }

  const links = createLinks({ ...options, settled, noteSignIn });

  async function sendNext() {
    const isWanted = ({ id }: Job) => wanted.has(id);
    const line = inState('announced').toSorted((a, b) => Number(isWanted(b)) - Number(isWanted(a)));
    for (const job of line) {
      const { id, size = 0 } = job;
      const limit = isWanted(job) ? PARALLEL_WANTED : PARALLEL;
      const running = inState('sending', 'finishing');
      if (running.length >= limit) return;
      const free = await options.shortOf(size, job.owner);
      if (free !== undefined) {
        const noRoom: JobEvent = { type: 'blocked', reason: { kind: 'storage', free } };
        await store.dispatch(id, await understood(job, noRoom, false));
        continue;
      }
      const { begun = false } = job;
      await store.change([{ id, event: { type: 'started' }, facts: { begun: true } }]);
      const { state } = store.get(id) ?? job;
      if (state.name === 'sending') await host.send(id, state.link.target, { again: begun });
    }
  }

  async function pump() {
    again = true;
    pumping ??= options
      .awake(async () => {
        while (again) {
          again = false;
          await links.makeAll();
          await sendNext();
        }
      })
      .finally(() => {
        pumping = undefined;
      });
    return pumping;
  }

  /** Compares what should be under way with what the host is doing. */
  async function check(jobs: readonly Job[]) {
    if (jobs.length === 0) return;
    const { held, running } = await host.status();
    for (const { id } of jobs) {
      if (running.includes(id)) continue;
      const job = store.get(id);
      if (!job) continue;
      if (isCapturing(job)) {
        await store.dispatch(id, { type: 'failed', failure: pageLeft });
      } else if (held.includes(id) || (await bytes.get(id)) !== undefined) {
        await store.dispatch(id, { type: 'interrupted' });
      } else if (await isStored(job)) {
        await finish(id, { type: 'stored' });
      } else {
        await store.dispatch(id, {
          type: 'blocked',
          reason: { kind: 'choose-again', why: 'closed' },
        });
      }
    }
  }

  /** The browser may have ended between the service's answer and its being noted down. */
  async function isStored({ state, owner = options.owner() }: Job): Promise<boolean> {
    const link = linkOf(state);
    if (!link || !owner) return false;
    return (
      (await options
        .service(owner)
        ?.isStored(link)
        .catch(() => false)) ?? false
    );
  }

  async function finish(id: JobId, event: JobEvent) {
    const before = store.get(id);
    const job = await store.dispatch(id, event);
    if (!job || job === before || job.state.name !== 'done') return;
    wanted.delete(id);
    await Promise.all([bytes.remove(id), host.drop(id)]);
    await options.stored(job);
  }

  async function goOn(jobs: readonly Job[]) {
    await store.change(
      jobs.map(({ id }) => ({ id, event: { type: 'resumed' }, facts: { tries: undefined } })),
    );
    await pump();
  }

  async function resumeWhere(goesOn: (job: Job) => boolean) {
    const ready = inState('waiting').filter(goesOn);
    if (ready.length === 0) return;
    await store.change(ready.map(({ id }) => ({ id, event: { type: 'resumed' } })));
    await pump();
  }

  return {
    pump,
    goOn,
    async recover(sorted) {
      const unfinished = store.all().filter((job) => isActive(job) || isCapturing(job));
      await check(unfinished).finally(sorted);
      await resumeWhere((job) => isDue(job, now()));
      if (unfinished.length > 0) await pump();
    },
    async report(id, event, figures) {
      const job = store.get(id);
      if (!job) return;
      if (figures) await store.describe(id, factsOf(job, figures));
      await noteSignIn(event, job.owner);
      const meant = await understood(job, event, true);
      const change = settled(store.get(id) ?? job, meant);
      if (change.event?.type === 'stored') await finish(id, change.event);
      else await store.change([change]);
      if (event.type !== 'sent') void pump();
    },
    resume: (...kinds) =>
      resumeWhere(({ state }) => {
        if (state.name !== 'waiting' || !kinds.includes(state.reason.kind)) return false;
        return !isRetry(state.reason) || waitsForService(state);
      }),
    roomMade: (free) =>
      resumeWhere(({ state, size = 0 }) => {
        return state.name === 'waiting' && state.reason.kind === 'storage' && size <= free;
      }),
    async tick() {
      await check(inState('sending', 'finishing'));
      await resumeWhere((job) => isDue(job, now()));
      await pump();
    },
    async wanted({ sharename, fileid }) {
      const job = store.all().find(({ state }) => {
        const link = linkOf(state);
        return link?.sharename === sharename && link.fileid === fileid;
      });
      if (!job || !isActive(job)) return;
      wanted.add(job.id);
      if (waitsForService(job.state)) await store.dispatch(job.id, { type: 'resumed' });
      await pump();
    },
    async pause(jobs) {
      for (const job of jobs) {
        const { id } = job;
        await store.dispatch(id, { type: 'paused' });
        const figures = await host.stop(id);
        if (figures) await store.describe(id, factsOf(job, figures));
      }
      await pump();
    },
  };
}

/** Being offline is asked about again now and then: browsers can be wrong about it. */
function isDue({ state }: Job, now: number): boolean {
  if (state.name !== 'waiting') return false;
  const { reason } = state;
  if (reason.kind === 'offline') return true;
  return isRetry(reason) && reason.retryAt !== undefined && reason.retryAt <= now;
}

/** A try that began further on than the one before tells that the connection is good for something. */
function factsOf({ kept = 0, tries }: Job, { from, sent }: Figures) {
  return { sent, kept: from, tries: from > kept ? undefined : tries };
}

const pageLeft = { code: 'page-left', detail: 'The background was stopped.' } as const;
