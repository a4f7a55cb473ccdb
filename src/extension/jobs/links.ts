import type { Owner } from '../account/account.ts';
import type { ShareService } from '../services/share-service.ts';
import { createAnnouncer } from './announcer.ts';
import { eventOf } from './failures.ts';
import { type Job, type JobEvent, linkOf, sameOwner } from './job.ts';
import type { SchedulerOptions } from './scheduler.ts';
import type { JobChange } from './store.ts';

export interface LinksOptions
  extends Pick<SchedulerOptions, 'store' | 'service' | 'owner' | 'now' | 'announced'> {
  /** What a failure makes of a job. */
  settled: (job: Job, event: JobEvent) => JobChange;
  noteSignIn: (event: JobEvent) => Promise<void>;
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
    const batches = new Set(inState('captured').map(({ batch }) => batch));
    for (const batch of batches) {
      const problem = await announceBatch(batch);
      if (problem?.type !== 'blocked') continue;
      // What stops one stops all: without sign-in, network or service none of them gets a link.
      await store.change(inState('captured').map((job) => settled(job, problem)));
      return;
    }
  }

  async function announceBatch(id: string): Promise<JobEvent | undefined> {
    const service = options.service();
    const owner = options.owner();
    if (!service || !owner) return { type: 'blocked', reason: { kind: 'sign-in' } };
    const whole = store.all().filter(({ batch }) => batch === id);
    const own = whole.filter(({ owner: of = owner }) => sameOwner(of, owner));
    const captured = (jobs: readonly Job[]) =>
      jobs.filter(({ state }) => state.name === 'captured');
    const session = service.live && sessionOf(owner);
    await store.change([
      ...captured(whole)
        .filter((job) => !own.includes(job))
        .map(({ id, owner }) => ({ id, event: ofOther(owner) })),
      ...captured(own).map(({ id }) => ({ id, facts: { owner, session } })),
    ]);
    const jobs = captured(own.flatMap(({ id }) => store.get(id) ?? []));
    if (jobs.length === 0) return undefined;
    const problem = await tryAnnouncing(service, own, jobs, session);
    // The service takes all or none: one that it does not like may not stop the others.
    if (problem?.type !== 'failed' || jobs.length === 1) return problem;
    for (const job of jobs) {
      const own = store.all().filter(({ batch }) => batch === id);
      const stopped = await tryAnnouncing(service, own, [job], session);
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
    service: ShareService,
    batch: readonly Job[],
    jobs: readonly Job[],
    session: string | undefined,
  ): Promise<JobEvent | undefined> {
    try {
      await announce({ service, batch, jobs, session });
    } catch (error) {
      const event = eventOf(error);
      await noteSignIn(event);
      if (event.type === 'failed' && jobs.length > 1) return event;
      await store.change(jobs.map((job) => settled(job, event)));
      return event;
    }
    const linked = jobs
      .flatMap(({ id }) => store.get(id) ?? [])
      .filter(({ state }) => linkOf(state));
    if (linked.length > 0) await options.announced(linked);
    return undefined;
  }

  return { makeAll };
}

function ofOther(owner: Owner | undefined): JobEvent {
  const email = owner?.email ?? '';
  return { type: 'blocked', reason: { kind: 'other-account', email } };
}
