import type { AccountKeeper } from '../account/account.ts';
import type { JobStore } from '../jobs/store.ts';
import type { RecentShares } from './recent.ts';
import type { Removals } from './removals.ts';
import { type CopiedNews, jobView, type ViewState } from './view-state.ts';

/** How long a copied link is news, in milliseconds. */
const NEWS = 2_000;

export interface PublisherOptions {
  account: AccountKeeper;
  store: JobStore;
  recent: RecentShares;
  removals: Removals;
  reachable: () => boolean;
  online: () => boolean;
  /** Hands the state to every open view, and shows it on the toolbar button. */
  publish: (state: ViewState) => void;
}

export interface ViewPublisher {
  state: () => ViewState;
  changed: () => void;
  copied: (url: string) => void;
}

export function createViewPublisher(options: PublisherOptions): ViewPublisher {
  let copied: CopiedNews | undefined;
  let due = false;

  function state(): ViewState {
    const { server, profile, ended } = options.account.current();
    const removals = options.removals.pending();
    const removed = new Set(removals.map(({ key }) => key));
    const { shares, more, loaded } = options.recent.list();
    return {
      account: {
        status: !profile ? 'signed-out' : ended ? 'ended' : 'signed-in',
        server,
        ...(profile && { profile }),
      },
      reachable: options.reachable(),
      online: options.online(),
      jobs: options.store
        .all()
        .filter(({ state }) => state.name !== 'cancelled')
        .map(jobView),
      shares: shares.filter(({ sharename }) => !removed.has(sharename)),
      more,
      loaded,
      removals,
      refused: options.removals.refused(),
      ...(copied && { copied }),
    };
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
    copied(url) {
      const news = { url, at: Date.now() };
      copied = news;
      changed();
      setTimeout(() => {
        if (copied === news) copied = undefined;
        changed();
      }, NEWS);
    },
  };
}
