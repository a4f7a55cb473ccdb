import type { AccountKeeper } from '../account/account.ts';
import { provisionalName } from '../capture/name.ts';
import { type Captured, capturePicture, type PictureReaders } from '../capture/picture.ts';
import { type Job, type JobId, linkOf, needsUser } from '../jobs/job.ts';
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

  async function take(captured: Captured, job: Job) {
    const thumbnail = captured.kind === 'picture' ? await host.preview(captured.bytes) : undefined;
    if (captured.kind === 'picture' && thumbnail !== undefined) {
      await keep(job.id, captured.bytes);
      const { name, bytes } = captured;
      await store.add({ ...job, name, size: bytes.size, thumbnail });
      await store.dispatch(job.id, { type: 'captured' });
      return;
    }
    await store.add(job);
    await store.dispatch(
      job.id,
      captured.kind === 'blocked'
        ? { type: 'blocked', reason: captured.reason }
        : { type: 'failed', failure: captured.kind === 'failed' ? captured.failure : undecodable },
    );
  }

  /** Reads a picture once more, now that its host may be asked. */
  async function readAgain(job: Job & { source: { kind: 'picture' } }) {
    const captured = await capturePicture(job.source, readers);
    await take(captured, job);
  }

  async function retry(job: Job) {
    const { source } = job;
    if (source.kind === 'picture' && job.size === undefined) await readAgain({ ...job, source });
    else await store.dispatch(job.id, { type: 'resumed' });
  }

  const inBatch = (batch: string) => store.all().filter((job) => job.batch === batch);

  const calls: BackgroundCalls = {
    async 'view.open'() {
      void listing.refresh();
      return view.state();
    },
    async 'account.signIn'(form) {
      const result = await account.signIn(form);
      if (result.ok) {
        void listing.refresh();
        void scheduler.resume('sign-in', 'network', 'server');
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
      for (const job of inBatch(batch)) if (job.state.name !== 'done') await retry(job);
      await scheduler.pump();
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
    async sharePicture({ src, pageTitle, tabId, frameId, pageUrl }) {
      const captured = await view.whileCapturing(() =>
        capturePicture(
          {
            src,
            pageTitle,
            ...(tabId !== undefined && { page: { tabId, frameId, url: pageUrl } }),
          },
          readers,
        ),
      );
      const id = crypto.randomUUID();
      await take(captured, {
        id,
        batch: crypto.randomUUID(),
        createdAt: Date.now(),
        // A data: address is the whole picture; it is never read again.
        source: { kind: 'picture', src: src.startsWith('data:') ? '' : src, pageTitle },
        name: provisionalName(src, pageTitle),
        state: { name: 'captured' },
      });
      await scheduler.pump();
      const job = store.get(id);
      if (job && needsUser(job)) await parts.askUser();
    },
  };
}

const undecodable = { code: 'not-an-image', detail: 'The browser cannot show it.' } as const;
