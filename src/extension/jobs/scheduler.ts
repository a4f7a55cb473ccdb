import type { Owner } from '../account/account.ts';
import type { ShareService } from '../services/share-service.ts';
import { eventOf, type UploadHost } from './host.ts';
import {
  isActive,
  type Job,
  type JobEvent,
  type JobId,
  linkOf,
  sameOwner,
  type WaitReason,
} from './job.ts';
import type { ByteStore, JobStore } from './store.ts';

/** How many files are sent at a time; the rest wait in the order in which they came. */
const PARALLEL = 3;

export interface SchedulerOptions {
  store: JobStore;
  bytes: ByteStore;
  host: UploadHost;
  /** Keeps the background from being stopped while the work lasts. */
  awake: (work: () => Promise<void>) => Promise<void>;
  /** `undefined` while nobody is signed in. */
  service: () => ShareService | undefined;
  /** Whose account that is. */
  owner: () => Owner | undefined;
  /** The service does not accept the token any more. */
  signInEnded: () => Promise<void>;
  /** The first link of a batch is known, or that of a further file. */
  announced: (job: Job) => Promise<void>;
  /** The file is stored. */
  stored: (job: Job) => Promise<void>;
}

export interface Scheduler {
  /** Takes up what an earlier run of the background, or of the browser, has left behind. */
  recover: () => Promise<void>;
  /** Announces what has no link yet, then keeps the host busy. */
  pump: () => Promise<void>;
  /** Takes a report of the host. */
  report: (id: JobId, event: JobEvent) => Promise<void>;
  /** Lets jobs go on that wait for one of these reasons. */
  resume: (...kinds: WaitReason['kind'][]) => Promise<void>;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, bytes, host } = options;
  let pumping: Promise<void> | undefined;
  let again = false;

  const inState = (...names: Job['state']['name'][]) =>
    store.all().filter(({ state }) => names.some((name) => name === state.name));

  /** All files get their link before the first is sent. */
  async function announceAll() {
    for (const { id } of inState('captured')) {
      const job = store.get(id);
      if (job?.state.name !== 'captured') continue;
      const problem = await announce(job);
      if (problem?.type !== 'blocked') continue;
      // What stops one stops all: without sign-in, network or service none of them gets a link.
      for (const other of inState('captured')) await store.dispatch(other.id, problem);
    }
  }

  async function announce(job: Job): Promise<JobEvent | undefined> {
    const service = options.service();
    const owner = options.owner();
    if (!service || !owner) return { type: 'blocked', reason: { kind: 'sign-in' } };
    if (job.owner && !sameOwner(job.owner, owner)) {
      const { email } = job.owner;
      await store.dispatch(job.id, { type: 'blocked', reason: { kind: 'other-account', email } });
      return undefined;
    }
    await store.describe(job.id, { owner });
    const batch = store
      .all()
      .filter(({ batch, owner: of = owner }) => batch === job.batch && sameOwner(of, owner));
    const known = batch.map(({ state }) => linkOf(state)).find((link) => link !== undefined);
    const [first] = batch;
    const share = known ?? (first && batch.length > 1 ? { title: first.name } : {});
    try {
      const link = await service.announce(job.name, share);
      const now = await store.dispatch(job.id, { type: 'announced', link });
      if (now?.state.name === 'announced') await options.announced(now);
      else if (!known) await service.remove(link.sharename);
      return undefined;
    } catch (error) {
      return settle(job.id, eventOf(error));
    }
  }

  async function settle(id: JobId, event: JobEvent): Promise<JobEvent> {
    if (event.type === 'blocked' && event.reason.kind === 'sign-in') await options.signInEnded();
    await store.dispatch(id, event);
    return event;
  }

  async function sendNext() {
    const free = PARALLEL - inState('sending', 'finishing').length;
    for (const { id } of inState('announced').slice(0, Math.max(0, free))) {
      const job = await store.dispatch(id, { type: 'started' });
      if (job?.state.name === 'sending') await host.send(id, job.state.link.target);
    }
  }

  async function pump() {
    again = true;
    pumping ??= options
      .awake(async () => {
        while (again) {
          again = false;
          await announceAll();
          await sendNext();
        }
      })
      .finally(() => {
        pumping = undefined;
      });
    return pumping;
  }

  return {
    pump,
    async recover() {
      const unfinished = store.all().filter((job) => isActive(job));
      if (unfinished.length === 0) return;
      const { held, running } = await host.status();
      for (const { id } of unfinished) {
        if (running.includes(id)) continue;
        if (store.get(id)?.state.name === 'capturing') {
          await store.dispatch(id, { type: 'failed', failure: pageLeft });
          continue;
        }
        const here = held.includes(id) || (await bytes.get(id)) !== undefined;
        await store.dispatch(
          id,
          here ? { type: 'interrupted' } : { type: 'blocked', reason: { kind: 'choose-again' } },
        );
      }
      await pump();
    },
    async report(id, event) {
      const before = store.get(id);
      const job = await store.dispatch(id, event);
      if (job && job !== before && job.state.name === 'done') {
        await Promise.all([bytes.remove(id), host.drop(id)]);
        await options.stored(job);
      }
      if (event.type !== 'sent') void pump();
    },
    async resume(...kinds) {
      const waiting = inState('waiting').filter(
        ({ state }) => state.name === 'waiting' && kinds.includes(state.reason.kind),
      );
      for (const { id } of waiting) await store.dispatch(id, { type: 'resumed' });
      if (waiting.length > 0) await pump();
    },
  };
}

const pageLeft = { code: 'page-left', detail: 'The background was stopped.' } as const;
