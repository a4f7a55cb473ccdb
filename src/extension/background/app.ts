import type { AccountKeeper } from '../account/account.ts';
import { type Job, sameOwner } from '../jobs/job.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { JobStore } from '../jobs/store.ts';
import type { BackgroundCalls } from './calls.ts';
import type { DocumentHost } from './document-host.ts';
import type { Intake } from './intake.ts';
import type { Listing } from './listing.ts';
import type { Removals } from './removals.ts';
import { pictureAsShown } from './snapshots.ts';
import type { ViewPublisher } from './view-publisher.ts';
import type { WaysIn } from './ways-in.ts';

export interface AppParts {
  account: AccountKeeper;
  store: JobStore;
  host: DocumentHost;
  scheduler: Scheduler;
  intake: Intake;
  waysIn: WaysIn;
  listing: Listing;
  removals: Removals;
  view: ViewPublisher;
}

export interface App {
  calls: BackgroundCalls;
  /** The user has allowed these hosts: pictures that waited for them are read. */
  originsGranted: (origins: readonly string[]) => Promise<void>;
}

/** What the extension does when somebody clicks. */
export function createApp(parts: AppParts): App {
  const { account, store, host, scheduler, intake, waysIn, listing, removals, view } = parts;

  /** Tries again what stands still. A picture that has never been read is read first. */
  async function retry(jobs: readonly Job[]) {
    for (const job of jobs) {
      const { id, state, source, size } = job;
      if (state.name !== 'waiting' && state.name !== 'failed') continue;
      if (source.kind !== 'file' && size === undefined) {
        await intake.reread(job);
      } else {
        await store.dispatch(id, { type: 'resumed' });
      }
    }
    await scheduler.pump();
  }

  const ownership = () => {
    const owner = account.owner();
    return owner ? { owner } : {};
  };
  const inBatch = (batch: string) => store.all().filter((job) => job.batch === batch);

  const calls: BackgroundCalls = {
    async 'view.open'() {
      void listing.refresh();
      return view.state();
    },
    async 'account.signIn'(form) {
      const before = account.owner();
      const result = await account.signIn(form);
      if (result.ok) {
        // Somebody else's shares and their pictures are not for the one who has come.
        if (before && !sameOwner(before, account.owner())) await listing.clear();
        void listing.refresh();
        void scheduler.resume('sign-in', 'other-account', 'network', 'server');
      }
      view.changed();
      return result;
    },
    async 'account.signOut'() {
      await listing.clear();
      await account.signOut().finally(() => view.changed());
    },
    'files.share': ({ files }) => intake.files(files),
    async 'files.again'({ id, file }) {
      if (store.get(id)?.name !== file.name) return false;
      await intake.again(id, file);
      await store.describe(id, { size: file.size });
      await store.dispatch(id, { type: 'captured' });
      void scheduler.pump();
      return true;
    },
    async 'batch.retry'({ batch }) {
      await retry(inBatch(batch));
    },
    async 'batch.adopt'({ batch }) {
      for (const { id, state } of inBatch(batch)) {
        if (state.name === 'waiting' && state.reason.kind === 'other-account') {
          await store.describe(id, ownership());
        }
      }
      await scheduler.resume('other-account');
    },
    async 'batch.cancel'({ batch, label }) {
      for (const { id } of inBatch(batch)) {
        await store.dispatch(id, { type: 'cancelled' });
        await host.stop(id);
      }
      await removals.add({ key: batch, kind: 'batch', label });
    },
    async 'share.remove'({ sharename, label }) {
      await removals.add({ key: sharename, kind: 'share', label });
    },
    'removal.hold': ({ key }) => removals.hold(key),
    async 'removal.undo'({ key }) {
      const removal = await removals.undo(key);
      if (removal?.kind !== 'batch') return;
      for (const { id } of inBatch(key)) await store.dispatch(id, { type: 'resumed' });
      await scheduler.pump();
    },
    'screenshot.take': ({ shape }) => waysIn.screenshot(shape),
    async 'batch.asShown'({ batch }) {
      for (const job of inBatch(batch)) {
        if (job.source.kind !== 'picture') continue;
        await intake.replace(job, await pictureAsShown(job.source, job.name));
      }
    },
    'shares.more': () => listing.more(),
    'job.report': ({ id, event }) => scheduler.report(id, event),
  };

  return {
    calls,
    async originsGranted(origins) {
      const waiting = store.all().filter(({ state }) => {
        const reason = state.name === 'waiting' ? state.reason : undefined;
        return reason?.kind === 'permission' && origins.includes(reason.origin);
      });
      await retry(waiting);
    },
  };
}
