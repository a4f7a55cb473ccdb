import type { AccountKeeper } from '../account/account.ts';
import { provisionalName } from '../capture/name.ts';
import { type Captured, capturePicture, type PictureReaders } from '../capture/picture.ts';
import { type Job, type JobId, linkOf, needsUser, sameOwner } from '../jobs/job.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import { type ByteStore, type JobStore, KEPT_BYTES } from '../jobs/store.ts';
import type { ClickedPicture } from '../platform/menu.ts';
import type { BackgroundCalls } from './calls.ts';
import type { DocumentHost } from './document-host.ts';
import type { Listing } from './listing.ts';
import type { Removals } from './removals.ts';
import type { ViewPublisher } from './view-publisher.ts';

export interface AppParts {
  account: AccountKeeper;
  store: JobStore;
  bytes: ByteStore;
  host: DocumentHost;
  scheduler: Scheduler;
  listing: Listing;
  removals: Removals;
  view: ViewPublisher;
  readers: PictureReaders;
  /** Something is needed of the user who is at the keyboard right now. */
  askUser: () => Promise<void>;
}

export interface App {
  calls: BackgroundCalls;
  sharePicture: (clicked: ClickedPicture) => Promise<void>;
  /** The user has allowed these hosts: pictures that waited for them are read. */
  originsGranted: (origins: readonly string[]) => Promise<void>;
}

/** What the extension does when somebody clicks. */
export function createApp(parts: AppParts): App {
  const { account, store, bytes, host, scheduler, listing, removals, view, readers } = parts;

  async function keep(id: JobId, content: Blob) {
    const kept =
      content.size <= KEPT_BYTES &&
      (await bytes.put(id, content).then(
        () => true,
        // No room on this computer: the file is then held as long as the browser runs.
        () => false,
      ));
    if (!kept) await host.hold(id, content);
  }

  /** Turns what capturing gave into a job's next step. */
  async function settle(id: JobId, captured: Captured) {
    if (captured.kind === 'blocked') {
      await store.dispatch(id, { type: 'blocked', reason: captured.reason });
      return;
    }
    if (captured.kind === 'failed') {
      await store.dispatch(id, { type: 'failed', failure: captured.failure });
      return;
    }
    const { name, bytes } = captured;
    const thumbnail = await host.preview(bytes);
    if (thumbnail === undefined) {
      await store.dispatch(id, { type: 'failed', failure: undecodable });
      return;
    }
    await keep(id, bytes);
    await store.describe(id, { name, size: bytes.size, thumbnail });
    await store.dispatch(id, { type: 'captured' });
  }

  /** Tries again what stands still. A picture that has never been read is read first. */
  async function retry(jobs: readonly Job[]) {
    for (const { id, state, source, size } of jobs) {
      if (state.name !== 'waiting' && state.name !== 'failed') continue;
      if (source.kind === 'picture' && size === undefined) {
        await settle(id, await capturePicture(source, readers));
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
    async 'files.share'({ files }) {
      const batch = crypto.randomUUID();
      for (const [i, file] of files.entries()) {
        const id = crypto.randomUUID();
        await keep(id, file);
        await store.add({
          id,
          batch,
          createdAt: Date.now() + i,
          source: { kind: 'file' },
          ...ownership(),
          name: file.name,
          size: file.size,
          state: { name: 'captured' },
        });
        void addThumbnail(id, file);
      }
      void scheduler.pump();
    },
    async 'files.again'({ id, file }) {
      if (store.get(id)?.name !== file.name) return false;
      await keep(id, file);
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
    'shares.more': () => listing.more(),
    'job.report': ({ id, event }) => scheduler.report(id, event),
  };

  async function addThumbnail(id: JobId, file: File) {
    if (!file.type.startsWith('image/')) return;
    const thumbnail = await host.preview(file);
    if (thumbnail === undefined) return;
    await store.describe(id, { thumbnail });
    const link = linkOf(store.get(id)?.state ?? { name: 'captured' });
    if (link) await listing.picture(link.sharename, thumbnail);
  }

  return {
    calls,
    async originsGranted(origins) {
      const waiting = store.all().filter(({ state }) => {
        const reason = state.name === 'waiting' ? state.reason : undefined;
        return reason?.kind === 'permission' && origins.includes(reason.origin);
      });
      await retry(waiting);
    },
    async sharePicture({ src, pageTitle, tabId, frameId, pageUrl }) {
      const id = crypto.randomUUID();
      await store.add({
        id,
        batch: crypto.randomUUID(),
        createdAt: Date.now(),
        // A data: address is the whole picture; it is never read again.
        source: { kind: 'picture', src: src.startsWith('data:') ? '' : src, pageTitle },
        ...ownership(),
        name: provisionalName(src, pageTitle),
        state: { name: 'capturing' },
      });
      const page = tabId === undefined ? {} : { page: { tabId, frameId, url: pageUrl } };
      await settle(id, await capturePicture({ src, pageTitle, ...page }, readers));
      await scheduler.pump();
      const job = store.get(id);
      if (job && needsUser(job)) await parts.askUser();
    },
  };
}

const undecodable = { code: 'not-an-image', detail: 'The browser cannot show it.' } as const;
