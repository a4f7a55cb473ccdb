import { type Owner, sameOwner } from '../account/account.ts';
import type { ShareService } from '../services/share-service.ts';
import { createAnnouncer } from './announcer.ts';
import { eventOf } from './failures.ts';
import { type Job, type JobEvent, linkOf, type WaitReason } from './job.ts';
import type { SchedulerOptions } from './scheduler.ts';
import type { JobChange } from './store.ts';

export interface LinksOptions
  extends Pick<
    SchedulerOptions,
    'store' | 'service' | 'owner' | 'pathsOnly' | 'now' | 'announced'
  > {
  /** What a failure makes of a job. */
  settled: (job: Job, event: JobEvent) => JobChange;
  noteSignIn: (event: JobEvent, owner: Owner) => Promise<void>;
}

/** Sees to it that every file has its link. */
export interface Links {
  makeAll: () => Promise<void>;
}

export function createLinks(options: LinksOptions): Links {
  const { store, now, settled, noteSignIn } = options;
  const announce = createAnnouncer({ store, now });
  const inState = (name: Job['state']['name']) =>
    store.all().filter(({ state }) => state.name === name);

  /** All files get their link before the first is sent. */
  async function makeAll() {
    const stopped: (Owner | undefined)[] = [];
    for (const { id } of inState('captured')) {
      const job = store.get(id);
      if (job?.state.name !== 'captured') continue;
      const owner = accountOf(job);
      if (stopped.some((other) => sameOwner(other, owner))) continue;
      const problem = await announceBatch(job.batch, owner);
      if (problem?.type !== 'blocked') continue;
      // What stops one stops all of its account: without sign-in, network or service none of them
      // gets a link.
      stopped.push(owner);
      const others = inState('captured').filter((other) => sameOwner(accountOf(other), owner));
      await store.change(others.map((other) => settled(other, problem)));
    }
  }

  /** What belongs to nobody yet belongs to whoever is shown. */
  const accountOf = (job: Job) => job.owner ?? options.owner();

  /** Another account that is signed in may take the files over, so the user is asked. */
  function missing(owner: Owner | undefined): WaitReason {
    const here = options.owner();
    if (owner && here && !sameOwner(owner, here) && options.service(here)) {
      return { kind: 'other-account', email: owner.email };
    }
    const service = here ? undefined : options.pathsOnly();
    return { kind: 'sign-in', ...(service && { service }) };
  }

  async function announceBatch(
    id: string,
    owner: Owner | undefined,
  ): Promise<JobEvent | undefined> {
    const service = owner && options.service(owner);
    if (!service) return { type: 'blocked', reason: missing(owner) };
    const inBatch = () =>
      store.all().filter((job) => job.batch === id && sameOwner(accountOf(job), owner));
    const own = inBatch();
    const captured = (jobs: readonly Job[]) =>
      jobs.filter(({ state }) => state.name === 'captured');
    const session = service.live && sessionOf(owner);
    await store.change(captured(own).map(({ id }) => ({ id, facts: { owner, session } })));
    const jobs = captured(own.flatMap(({ id }) => store.get(id) ?? []));
    if (jobs.length === 0) return undefined;
    const problem = await tryAnnouncing({ service, owner, session }, own, jobs);
    // The service takes all or none: one that it does not like may not stop the others.
    if (problem?.type !== 'failed' || jobs.length === 1) return problem;
    for (const job of jobs) {
      const stopped = await tryAnnouncing({ service, owner, session }, inBatch(), [job]);
      if (stopped?.type === 'blocked') return stopped;
    }
    return undefined;
  }

  /** One for all files of an account that are on their way. */
  function sessionOf(owner: Owner): string {
    const known = store
      .all()
      .find((job) => job.session !== undefined && sameOwner(job.owner, owner));
    return known?.session ?? crypto.randomUUID();
  }

  async function tryAnnouncing(
    { owner, ...by }: { service: ShareService; owner: Owner; session: string | undefined },
    batch: readonly Job[],
    jobs: readonly Job[],
  ): Promise<JobEvent | undefined> {
    try {
      await announce({ ...by, batch, jobs });
    } catch (error) {
      const event = eventOf(error);
      await noteSignIn(event, owner);
      if (event.type === 'failed' && jobs.length > 1) return event;
      await store.change(jobs.map((job) => settled(job, event)));
      return event;
    }
    const linked = jobs
      .flatMap(({ id }) => store.get(id) ?? [])
      .filter(({ state }) => linkOf(state) && state.name !== 'cancelled');
    if (linked.length > 0) await options.announced(linked);
    return undefined;
  }

  return { makeAll };
}
