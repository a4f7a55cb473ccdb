import { type Owner, ownerOf, sameOwner } from '../account/account.ts';
import { type Accounts, openAccounts, type ServiceAddress } from '../account/keeper.ts';
import { parseServer } from '../account/server-address.ts';
import { type AccessToken, createVault } from '../account/vault.ts';
import { fetchDirectly } from '../capture/picture.ts';
import type { HostOptions } from '../jobs/host.ts';
import { isActive, type Job, type JobId, linkOf } from '../jobs/job.ts';
import type { LiveOptions, LiveToken } from '../jobs/live.ts';
import { createScheduler } from '../jobs/scheduler.ts';
import { createByteStore, openJobStore } from '../jobs/store.ts';
import { showBadge, tryOpenPopup } from '../platform/action.ts';
import { setWatch } from '../platform/alarm.ts';
import { openBroadcast } from '../platform/broadcast.ts';
import { keepAwake } from '../platform/keep-awake.ts';
import { slot } from '../platform/memory.ts';
import { isOnline, onNetworkChange } from '../platform/network.ts';
import { clearNotice, showNotice } from '../platform/notifications.ts';
import { fetchInPage, pageLeft } from '../platform/page-picture.ts';
import { hasOrigin, mayCopy, onPermissionsChanged } from '../platform/permissions.ts';
import { privateWindowIsOpen, tellPrivateViews } from '../platform/private.ts';
import { openShare, openUploadTab } from '../platform/tabs.ts';
import { viewIsSeen } from '../platform/views.ts';
import { createGettService } from '../services/gett.ts';
import { createRemoteService } from '../services/remote.ts';
import type { ShareService } from '../services/share-service.ts';
import type { Settings } from '../settings/settings.ts';
import { openSettings } from '../settings/store.ts';
import { standstillText } from '../ui/texts.ts';
import { type App, createApp } from './app.ts';
import { createBadge } from './badge.ts';
import { PROGRESS_CHANNEL, type ProgressNews, VIEW_CHANNEL } from './calls.ts';
import type { DocumentHost } from './document-host.ts';
import { type HiddenMarks, openHiddenShares } from './hidden-shares.ts';
import { createIntake } from './intake.ts';
import { createLifecycle } from './lifecycle.ts';
import { createListing } from './listing.ts';
import { createLiveNeeds } from './live-needs.ts';
import { openNotices, placeOfNotice } from './notices.ts';
import { createPreviews } from './previews.ts';
import { type ListNote, openRecentShares } from './recent.ts';
import { openRemovals, type RemovalRecord, withoutPrivate } from './removals.ts';
import { createRetryClock } from './retry-clock.ts';
import { createRoom } from './room.ts';
import { labelOf } from './share-query.ts';
import { retake } from './snapshots.ts';
import { createTitles } from './titles.ts';
import { createViewPublisher } from './view-publisher.ts';
import { jobView, type ViewState } from './view-state.ts';
import { createWaysIn, type WaysIn } from './ways-in.ts';

/** What the host of uploads is made with. */
export interface HostParts extends Pick<HostOptions, 'bytes' | 'report'>, LiveOptions {}

export interface Background extends App, WaysIn {
  /** Time has passed: tries what is due, and takes up what has got stuck. */
  tick: () => Promise<void>;
  privateViewOpened: () => void;
  /** The last private window has been closed. */
  privateWindowsClosed: () => Promise<void>;
  /** A notice of the system was clicked. */
  noticeClicked: (id: string) => Promise<void>;
}

/** Puts the background together. The host of uploads is the one thing that browsers differ in. */
export async function startBackground(
  makeHost: (parts: HostParts) => DocumentHost,
): Promise<Background> {
  const news = openBroadcast<ViewState>(VIEW_CHANNEL);
  const changed = () => view.changed();
  let diskShort = false;
  let recovered = false;
  /** Whether the browser had room for what was to be kept. */
  const keeps = (whole: boolean) => {
    if (diskShort === !whole) return;
    diskShort = !whole;
    changed();
  };
  const bytes = createByteStore();
  const [settings, account, store, recent, removals] = await Promise.all([
    openSettings(slot<Settings>('local', 'settings')),
    openAccounts({ memory: slot<Accounts>('local', 'accounts'), connect }),
    openJobStore(changed, slot<Job[]>('session', 'private-jobs'), () => keeps(false)),
    openRecentShares(slot<ListNote>('local', 'share-list')),
    openRemovals({
      memory: withoutPrivate(slot<RemovalRecord[]>('local', 'removals')),
      carryOut: (removal) => lifecycle.carryOut(removal),
      changed,
    }),
  ]);
  let online = isOnline();
  let copyAllowed = await mayCopy();
  onPermissionsChanged(() => {
    void mayCopy().then((allowed) => {
      copyAllowed = allowed;
      changed();
    });
  });
  const copies = () => copyAllowed && settings.current().copyByItself;
  const live = createLiveNeeds({
    service: account.service,
    listen: (needs) => host.listen(needs),
  });
  const accessToken = async (owner: Owner): Promise<LiveToken> => {
    return (await account.service(owner)?.live?.accessToken()) ?? null;
  };
  const host = makeHost({
    bytes,
    report: (id, event, figures) => scheduler.report(id, event, figures),
    accessToken,
    wanted: (file) => scheduler.wanted(file),
  });
  const room = createRoom({
    storage: (owner) =>
      account.all().list.find((known) => sameOwner(ownerOf(known), owner))?.profile.storage,
    async refresh(owner) {
      const profile = owner && (await account.service(owner)?.profile());
      if (profile) await account.update(owner, profile);
    },
  });
  const hidden = await openHiddenShares(slot<HiddenMarks>('local', 'hidden'));
  /** As soon as there is a share, it is none of Recent; one that was there before stays what it is. */
  async function hidePrivate(jobs: readonly Job[]) {
    for (const { private: secret, added, share, state } of jobs) {
      const name = (linkOf(state) ?? share)?.sharename;
      if (secret && !added && name !== undefined) await hidden.hide(name);
    }
  }
  const listing = createListing({
    account,
    hidden,
    recent,
    changed,
    answered() {
      void scheduler.resume('offline', 'network', 'server');
      void scheduler.roomMade(room.free(account.owner()));
    },
  });
  const notices = await openNotices({
    wanted: () => settings.current().notifications,
    seen: viewIsSeen,
    show: showNotice,
    clear: clearNotice,
    reason: (job) => standstillText(jobView(job), Date.now()) ?? '',
    memory: slot<JobId[]>('session', 'told'),
  });
  const clock = createRetryClock(() => void scheduler.tick());
  const badge = createBadge(showBadge);
  openBroadcast<ProgressNews>(PROGRESS_CHANNEL).listen((figures) => {
    if (figures === 'ask') return;
    badge.progressed(figures);
    if (store.get(figures.id)?.private) tellPrivateViews({ figures });
  });
  const view = createViewPublisher({
    account,
    store,
    recent,
    removals,
    reachable: listing.reachable,
    online: () => online,
    mayCopy: () => copyAllowed,
    diskShort: () => diskShort,
    publish(state) {
      news.send(state);
      const jobs = store.all();
      badge.update(jobs);
      void setWatch(jobs.some(isActive));
      clock.set(jobs);
      void live.update(jobs);
      // Until then, what an earlier run has left behind seems to be under way.
      if (recovered) void notices.check(jobs.filter((job) => !job.private));
      tellPrivateViews(view.state(true));
      void hidePrivate(jobs);
    },
  });
  const titles = createTitles({ store, service: account.service, owner: account.owner });
  const previews = createPreviews({ store, host, listing });
  const lifecycle = createLifecycle({
    store,
    previews,
    titles,
    bytes,
    host,
    listing,
    view,
    notices,
    privateWindowIsOpen,
    copies,
    copyFormat: () => settings.current().copyFormat,
  });
  const scheduler = createScheduler({
    store,
    bytes,
    host,
    awake: keepAwake,
    service: account.service,
    owner: account.fileOwner,
    pathsOnly: () => (account.fileOwner() ? undefined : account.shown()?.service),
    signInEnded: account.end,
    shortOf: room.shortOf,
    tooLarge: room.tooLarge,
    online: () => online,
    now: () => Date.now(),
    announced: lifecycle.announced,
    stored: lifecycle.stored,
  });

  function connect({ id, service, server, place }: ServiceAddress): ShareService {
    const address = parseServer(server);
    if (service === 'gett' && typeof address !== 'string') {
      const session = slot<AccessToken>('session', `access-token:${id}`);
      return createGettService(address.baseUrl, createVault(id, session));
    }
    const to = { id, service, server, ...(place !== undefined && { place }) };
    return createRemoteService(to, host.services);
  }

  function titleOf(url: string): string {
    const { jobs, shares } = view.state();
    const job = jobs.find((job) => job.url === url);
    const share = shares.find((share) => share.url === url);
    return job?.title ?? job?.name ?? (share ? labelOf(share) : url);
  }

  function networkChanged(now: boolean) {
    if (now === online) return;
    online = now;
    view.changed();
    if (online) void scheduler.resume('offline', 'network', 'server');
  }
  onNetworkChange(() => networkChanged(isOnline()));

  const format = () => settings.current().screenshotType;
  const intake = createIntake({
    account,
    settings,
    store,
    bytes,
    host,
    scheduler,
    previews,
    readers: { inPage: fetchInPage, direct: fetchDirectly, hasOrigin, pageLeft },
    retake: (job) => retake(job, format()),
    awake: keepAwake,
    askUser: tryOpenPopup,
    kept: keeps,
    unless: (id, asking) => notices.unless(id, asking).finally(changed),
  });
  const waysIn = createWaysIn({ intake, format, find: recent.find });
  const app = createApp({
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
    copyLink: lifecycle.copy,
    leaveOut: lifecycle.leaveOut,
    accessToken,
    networkChanged,
  });
  await lifecycle.sweep();
  removals.recover();
  void scheduler.recover(() => {
    recovered = true;
    changed();
  });
  view.changed();
  return {
    ...app,
    ...waysIn,
    privateViewOpened: () => tellPrivateViews(view.state(true)),
    privateWindowsClosed: () => lifecycle.forgetPrivate(),
    async noticeClicked(id) {
      const place = placeOfNotice(id);
      if ('tab' in place) return openUploadTab(place.tab);
      const { share } = place;
      await lifecycle.copy({ title: titleOf(share), url: share });
      await openShare(share);
    },
    async tick() {
      await live.update(store.all(), { anew: true });
      await scheduler.tick();
    },
  };
}
