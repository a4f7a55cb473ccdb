import { ownerOf, sameOwner } from '../account/account.ts';
import type { AccountKeeper } from '../account/keeper.ts';
import { isUnfinished, type Job } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import type { RecentShares } from './recent.ts';
import type { Removals } from './removals.ts';
import {
  type AccountItem,
  type AccountView,
  type CopiedNews,
  jobView,
  type Removal,
  type ViewState,
} from './view-state.ts';

/** How long a copied link is news, in milliseconds. */
const NEWS = 2_000;

export interface PublisherOptions {
  account: AccountKeeper;
  store: JobStore;
  recent: RecentShares;
  removals: Removals;
  reachable: () => boolean;
  online: () => boolean;
  /** The browser lets links be copied without a click. */
  mayCopy: () => boolean;
  /** The browser had no room for the last file that was to be kept. */
  diskShort: () => boolean;
  /** Hands the state to every open view, and shows it on the toolbar button. */
  publish: (state: ViewState) => void;
}

export interface ViewPublisher {
  /** @param secret as views in private windows show it. */
  state: (secret?: boolean) => ViewState;
  changed: () => void;
  copied: (url: string, secret: boolean) => void;
}

export function createViewPublisher(options: PublisherOptions): ViewPublisher {
  let copied: (CopiedNews & { private: boolean }) | undefined;
  let due = false;

  function state(secret = false): ViewState {
    const owner = options.account.owner();
    const removals = options.removals
      .pending()
      .filter((removal) =>
        removal.kind === 'batch'
          ? (removal.private === true) === secret
          : sameOwner(removal.owner, owner),
      );
    const cancelled = new Set(removals.map(({ key }) => key));
    const jobs = options.store.saved().filter(({ state, batch, private: own }) => {
      return state.name !== 'cancelled' && !cancelled.has(batch) && (own === true) === secret;
    });
    const { shares, more, loaded, version } = options.recent.list();
    return {
      account: shown(),
      accounts: accounts(),
      server: options.account.all().server,
      reachable: options.reachable(),
      online: options.online(),
      mayCopy: options.mayCopy(),
      ...(options.diskShort() && { diskShort: true as const }),
      jobs: jobs.map(jobView),
      shares,
      more,
      version,
      loaded,
      removals: removals.map((removal) => ({ ...removal, ...placeOf(removal, jobs) })),
      refused: options.removals.refused(),
      ...(copied && copied.private === secret && { copied: { url: copied.url, at: copied.at } }),
      ...(secret && { private: true }),
    };
  }

  /** What was in the place of what was cancelled, and above which row. */
  function placeOf({ kind, key }: Removal, shown: readonly Job[]): Partial<Removal> {
    if (kind !== 'batch') return {};
    const all = options.store.saved();
    const own = all.filter(({ batch, added }) => batch === key && !added).map(jobView);
    const at = all.findLastIndex(({ batch }) => batch === key);
    const before = all.slice(at + 1).find((job) => shown.includes(job))?.batch;
    return {
      sharenames: own.flatMap(({ sharename }) => sharename ?? []),
      ...(before !== undefined && { before }),
    };
  }

  function shown(): AccountView {
    const account = options.account.shown();
    if (!account) {
      return { status: 'signed-out', service: 'gett', server: options.account.all().server };
    }
    const { id, service, server, profile, ended } = account;
    return { status: ended ? 'ended' : 'signed-in', id, service, server, profile };
  }

  function accounts(): AccountItem[] {
    const { list, shown } = options.account.all();
    const clicks = options.account.clickOwner();
    const jobs = options.store.saved().filter(isUnfinished);
    return list.map((account) => ({
      ...account,
      shown: account.id === shown,
      clicks: sameOwner(ownerOf(account), clicks),
      waiting: jobs.filter(({ owner }) => sameOwner(owner, ownerOf(account))).length,
    }));
  }

  function changed() {
    if (due) return;
    due = true;
    // One state for all changes of the same turn.
    queueMicrotask(() => {
      due = false;
      options.publish(state());
    });
  }

  return {
    state,
    changed,
    copied(url, secret) {
      const news = { url, at: Date.now(), private: secret };
      copied = news;
      changed();
      setTimeout(() => {
        if (copied === news) copied = undefined;
        changed();
      }, NEWS);
    },
  };
}
