import { type Account, openAccount } from '../account/account.ts';
import { type AccessToken, createVault } from '../account/vault.ts';
import { fetchDirectly } from '../capture/picture.ts';
import type { HostOptions } from '../jobs/host.ts';
import { isUnfinished, type Job, linkOf, waitsForService } from '../jobs/job.ts';
import { createScheduler } from '../jobs/scheduler.ts';
import { createByteStore, openJobStore } from '../jobs/store.ts';
import { tryOpenPopup } from '../platform/action.ts';
import { setRetryAlarm } from '../platform/alarm.ts';
import { openBroadcast } from '../platform/broadcast.ts';
import { keepAwake } from '../platform/keep-awake.ts';
import { slot } from '../platform/memory.ts';
import { fetchInPage } from '../platform/page-picture.ts';
import { hasOrigin } from '../platform/permissions.ts';
import { createGettService } from '../services/gett.ts';
import type { SharePage } from '../services/share-service.ts';
import type { Settings } from '../settings/settings.ts';
import { openSettings } from '../settings/store.ts';
import { type App, createApp } from './app.ts';
import { updateBadge } from './badge.ts';
import { VIEW_CHANNEL } from './calls.ts';
import type { DocumentHost } from './document-host.ts';
import { createIntake } from './intake.ts';
import { createListing } from './listing.ts';
import { openRecentShares } from './recent.ts';
import { openRemovals, type RemovalRecord } from './removals.ts';
import { visiblePart } from './snapshots.ts';
import { createViewPublisher } from './view-publisher.ts';
import type { RefusedRemoval, Removal, ViewState } from './view-state.ts';
import { createWaysIn, type WaysIn } from './ways-in.ts';

/** How long a finished share is shown as such before it is one of the recent ones. */
const FINISHED = 4_000;

export interface Background extends App, WaysIn {
  /** Tries again what waits for the network or the service. */
  retry: () => Promise<void>;
}

/** Puts the background together. The host of uploads is the one thing that browsers differ in. */
export async function startBackground(
  makeHost: (parts: Pick<HostOptions, 'bytes' | 'report'>) => DocumentHost,
): Promise<Background> {
  const news = openBroadcast<ViewState>(VIEW_CHANNEL);
  const changed = () => view.changed();
  const vault = createVault(slot<AccessToken>('session', 'access-token'));
  const bytes = createByteStore();
  const [settings, account, store, recent, removals] = await Promise.all([
    openSettings(slot<Settings>('local', 'settings')),
    openAccount({
      memory: slot<Account>('local', 'account'),
      service: (baseUrl) => createGettService(baseUrl, vault),
    }),
    openJobStore(changed),
    openRecentShares(slot<SharePage>('local', 'shares')),
    openRemovals({ memory: slot<RemovalRecord[]>('local', 'removals'), carryOut, changed }),
  ]);
  const host = makeHost({ bytes, report: (id, event) => scheduler.report(id, event) });
  const listing = createListing({
    account,
    recent,
    changed,
    answered: () => void scheduler.resume('network', 'server'),
  });
  const view = createViewPublisher({
    account,
    store,
    recent,
    removals,
    reachable: listing.reachable,
    publish(state) {
      news.send(state);
      const jobs = store.all();
      void updateBadge(jobs);
      void setRetryAlarm(jobs.some(({ state }) => waitsForService(state)));
    },
  });
  const scheduler = createScheduler({
    store,
    bytes,
    host,
    awake: keepAwake,
    service: account.service,
    owner: account.owner,
    signInEnded: account.end,
    announced,
    stored,
  });

  /** The link is copied before the first byte is sent, once for all files of a batch. */
  async function announced(job: Job) {
    const link = linkOf(job.state);
    if (!link) return;
    if (job.thumbnail !== undefined) await listing.picture(link.sharename, job.thumbnail);
    const siblings = store.all().filter(({ batch, id }) => batch === job.batch && id !== job.id);
    if (siblings.some(({ state }) => linkOf(state))) return;
    if (!settings.current().copyByItself) return;
    // Copying can fail while another program holds the clipboard; the popup has the button.
    await host.copy(link.url).then(
      () => view.copied(link.url),
      () => undefined,
    );
  }

  async function stored({ batch }: Job) {
    const whole = store.all().filter((job) => job.batch === batch);
    if (whole.some(isUnfinished)) return;
    await listing.refresh();
    setTimeout(() => void forget(whole), FINISHED);
  }

  async function forget(jobs: readonly Job[]) {
    for (const { id } of jobs) {
      await Promise.all([bytes.remove(id), host.drop(id)]);
      await store.remove(id);
    }
    if (!store.all().some(isUnfinished)) await host.rest();
  }

  async function carryOut({ kind, key }: Removal): Promise<RefusedRemoval | undefined> {
    const batch = kind === 'batch' ? store.all().filter((job) => job.batch === key) : [];
    const link = batch.map(({ state }) => linkOf(state)).find((link) => link !== undefined);
    const sharename = kind === 'share' ? key : link?.sharename;
    const problem = sharename === undefined ? undefined : await listing.remove(sharename);
    await forget(batch);
    return sharename !== undefined && problem ? { sharename, problem } : undefined;
  }

  const intake = createIntake({
    account,
    store,
    bytes,
    host,
    scheduler,
    listing,
    readers: { inPage: fetchInPage, direct: fetchDirectly, hasOrigin },
    visiblePart,
    askUser: tryOpenPopup,
  });
  const waysIn = createWaysIn({ intake, shares: () => view.state().shares });
  const app = createApp({
    account,
    store,
    host,
    scheduler,
    intake,
    waysIn,
    listing,
    removals,
    view,
  });
  await forget(store.all().filter(({ state }) => state.name === 'done'));
  removals.recover();
  void scheduler.recover();
  view.changed();
  return {
    ...app,
    ...waysIn,
    retry: () => scheduler.resume('network', 'server'),
  };
}
