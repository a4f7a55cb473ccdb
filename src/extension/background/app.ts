import { type AccountId, type Owner, ownerOf, sameOwner } from '../account/account.ts';
import type { AccountKeeper } from '../account/keeper.ts';
import { type Failure, type Job, linkOf } from '../jobs/job.ts';
import type { LiveToken } from '../jobs/live.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import type { JobStore } from '../jobs/store.ts';
import type { TitledLink } from '../settings/link-text.ts';
import type { BackgroundCalls } from './calls.ts';
import type { DocumentHost } from './document-host.ts';
import type { Intake } from './intake.ts';
import type { Listing } from './listing.ts';
import type { Notices } from './notices.ts';
import type { Removals } from './removals.ts';
import { pictureAsShown } from './snapshots.ts';
import type { Titles } from './titles.ts';
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
  notices: Pick<Notices, 'looked'>;
  removals: Removals;
  titles: Titles;
  view: ViewPublisher;
  accessToken: (owner: Owner) => Promise<LiveToken>;
  networkChanged: (online: boolean) => void;
  /** Copies a new link, if the user wants that. */
  copyLink: (link: TitledLink) => Promise<boolean>;
  /** These are no longer of their batch. */
  leaveOut: (jobs: readonly Job[]) => Promise<void>;
}

export interface App {
  calls: BackgroundCalls;
  /** The user has allowed these hosts: pictures that waited for them are read. */
  originsGranted: (origins: readonly string[]) => Promise<void>;
}

/** What the extension does when somebody clicks. */
export function createApp(parts: AppParts): App {
  const {
    account,
    store,
    host,
    scheduler,
    intake,
    waysIn,
    listing,
    notices,
    removals,
    titles,
    view,
  } = parts;

  /** Tries again what stands still. A picture that has never been read is read first. */
  async function retry(jobs: readonly Job[]) {
    const gone = jobs.filter(({ state }) => state.name === 'failed' && isShareGone(state.failure));
    for (const batch of new Set(gone.map((job) => job.batch))) await leaveShare(batch);
    const ready: Job[] = [];
    for (const job of jobs.flatMap(({ id }) => store.get(id) ?? [])) {
      const { state, source, size } = job;
      const still = state.name === 'waiting' || state.name === 'failed';
      if (still && source.kind !== 'file' && size === undefined) await intake.reread(job);
      else if (still || state.name === 'paused') ready.push(job);
    }
    await scheduler.goOn(ready);
  }

  /** What has been sent is gone with its share; all the others start a new one. */
  async function leaveShare(batch: string) {
    const all = inBatch(batch);
    const [first] = all;
    const sent = all.filter(({ state }) => state.name === 'done');
    const title = sent.length > 0 ? (first?.title ?? first?.name) : first?.title;
    for (const { id, thumbnail } of all.filter((job) => !sent.includes(job))) {
      await host.stop(id);
      await store.dispatch(id, { type: 'resumed' });
      const facts = { ...NOTHING_SENT, thumbnail, title, share: undefined };
      await store.change([{ id, event: { type: 'failed', failure: shareGone }, facts }]);
    }
    await parts.leaveOut(sent);
  }

  const ownership = (owner: Owner | undefined) => (owner ? { owner } : {});
  const inBatch = (batch: string) => store.all().filter((job) => job.batch === batch);
  const chosen = (batch: string | undefined) =>
    batch === undefined ? store.all() : inBatch(batch);

  const calls: BackgroundCalls = {
    async 'view.open'() {
      void notices.looked();
      void listing.refresh();
      return view.state();
    },
    async 'account.signIn'(form) {
      const before = account.shown();
      const result = await account.signIn(form);
      if (result.ok) {
        const stays = account.all().list.some(({ id }) => id === before?.id);
        // Somebody else's shares and their pictures are not for the one who has come.
        if (stays) await listing.turn();
        else if (before && !sameOwner(ownerOf(before), account.owner())) await listing.clear();
        void listing.refresh();
        void scheduler.resume('sign-in', 'other-account', 'offline', 'network', 'server');
      }
      view.changed();
      return result;
    },
    'account.askConsent': (inquiry) => account.askConsent(inquiry),
    async 'account.signOut'({ id }) {
      if (account.shown()?.id === id) await listing.clear();
      await account.signOut(id).finally(() => view.changed());
      void listing.refresh();
    },
    async 'account.server'({ server }) {
      await account.useServer(server);
      view.changed();
    },
    'account.show': ({ id }) => turnTo(id),
    async 'account.clicks'({ id }) {
      await account.useForClicks(id);
      view.changed();
    },
    async 'account.place'({ id, place }) {
      await account.choosePlace(id, place);
      if (account.shown()?.id === id) await turnTo(id);
    },
    'files.share': (given) => intake.files(given),
    'picture.share': ({ src }) => waysIn.pictureDropped(src),
    async 'files.again'({ id, file }) {
      const job = store.get(id);
      if (!job) return;
      await host.hold(id, file, { name: job.name, size: job.size });
      await store.dispatch(id, { type: 'captured' });
      void scheduler.pump();
    },
    async 'files.replace'({ id }) {
      const job = store.get(id);
      if (!job) return;
      const former = linkOf(job.state);
      const file = await host.accept(id);
      if (!former || !file) {
        // It is no longer at hand: then it is asked for again.
        await store.dispatch(id, { type: 'captured' });
        void scheduler.pump();
        return;
      }
      const { sharename, url, fileid } = former;
      const facts = {
        ...NOTHING_SENT,
        ...(url !== undefined && { share: { sharename, url } }),
        former: { sharename, fileid },
      };
      await store.change([{ id, event: { type: 'restarted' }, facts: { ...facts, ...file } }]);
      void scheduler.pump();
    },
    async 'jobs.resume'({ batch }) {
      // A picture of a page is only taken again for whoever asks for that one.
      await retry(chosen(batch).filter((job) => batch !== undefined || !isUntaken(job)));
    },
    async 'jobs.pause'({ batch }) {
      await scheduler.pause(chosen(batch));
    },
    async 'batch.adopt'({ batch }) {
      for (const { id, state } of inBatch(batch)) {
        if (state.name === 'waiting' && state.reason.kind === 'other-account') {
          await store.describe(id, {
            ...NOTHING_SENT,
            share: undefined,
            ...ownership(account.fileOwner()),
          });
        }
      }
      await scheduler.resume('other-account');
    },
    async 'batch.rename'({ batch, sharename, title }) {
      const there = inBatch(batch).length > 0;
      if (there) return (await titles.rename(batch, title ?? undefined)) ?? null;
      // It was done while the title was being typed.
      return calls['share.rename']({ sharename, title });
    },
    async 'job.leaveOut'({ id }) {
      const job = store.get(id);
      if (!job) return;
      await host.stop(id);
      const link = linkOf(job.state);
      await parts.leaveOut([job]);
      if (link) await listing.removeFile(link);
    },
    async 'batch.cancel'({ batch, label }) {
      for (const { id } of inBatch(batch)) {
        await store.dispatch(id, { type: 'cancelled' });
        await host.stop(id);
      }
      const secret = inBatch(batch).some((job) => job.private);
      await removals.add({ key: batch, kind: 'batch', label, ...(secret && { private: true }) });
    },
    async 'share.path'({ path }) {
      const reply = await listing.sharePath(path);
      const { url } = reply.ok ? reply.value : {};
      if (url !== undefined)
        await parts.copyLink({ title: path.split(/[\\/]/).at(-1) || path, url });
      await listing.refresh();
      return reply;
    },
    'share.download': ({ sharename }) => listing.download(sharename),
    async 'history.clear'() {
      await listing.clear();
      view.changed();
    },
    async 'shares.remove'({ sharenames, label }) {
      const [only, ...others] = sharenames;
      const key = only !== undefined && others.length === 0 ? only : crypto.randomUUID();
      await removals.add({ key, kind: 'share', sharenames, label, ...ownership(account.owner()) });
    },
    'share.rename': async ({ sharename, title }) =>
      (await listing.rename(sharename, title ?? undefined)) ?? null,
    'removal.hold': ({ key }) => removals.hold(key),
    async 'removal.undo'({ key }) {
      const removal = await removals.undo(key);
      if (removal?.kind !== 'batch') return;
      for (const { id } of inBatch(key)) await store.dispatch(id, { type: 'resumed' });
      await scheduler.pump();
    },
    'screenshot.take': ({ shape }) => waysIn.screenshot(shape),
    async 'batch.asShown'({ batch }) {
      for (const { id, source, name } of inBatch(batch)) {
        if (source.kind !== 'picture') continue;
        await intake.replace(id, () => pictureAsShown(source, name, waysIn.format()));
      }
    },
    'shares.find': (query) => listing.find(query),
    'shares.readAll': () => listing.readAll(),
    'job.report': ({ id, event, figures }) => scheduler.report(id, event, figures),
    'live.token': ({ owner }) => parts.accessToken(owner),
    'live.wanted': (file) => scheduler.wanted(file),
    'network.changed': async ({ online }) => parts.networkChanged(online),
  };

  async function turnTo(id: AccountId) {
    await account.show(id);
    await listing.turn();
    view.changed();
    void listing.refresh();
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
  };
}

function isUntaken({ source, size, state }: Job): boolean {
  return source.kind === 'screenshot' && size === undefined && state.name === 'failed';
}

const shareGone = { code: 'share-gone', detail: 'It was left.' } as const;

function isShareGone({ code }: Failure): boolean {
  return code === 'share-gone';
}

/** What no longer counts when a file begins anew. */
const NOTHING_SENT = {
  session: undefined,
  asked: undefined,
  begun: undefined,
  tries: undefined,
  sent: undefined,
  kept: undefined,
  thumbnail: undefined,
} as const;
