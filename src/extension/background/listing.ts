import { type Owner, sameOwner } from '../account/account.ts';
import type { AccountKeeper } from '../account/keeper.ts';
import { eventOf } from '../jobs/failures.ts';
import type { JobEvent } from '../jobs/job.ts';
import type { ShareService, StoredLink } from '../services/share-service.ts';
import type { ShareReply } from './calls.ts';
import type { HiddenShares } from './hidden-shares.ts';
import type { RecentShares } from './recent.ts';
import type { RemovalProblem } from './view-state.ts';

export interface ListingOptions {
  account: AccountKeeper;
  recent: RecentShares;
  hidden: Pick<HiddenShares, 'without'>;
  changed: () => void;
  /** The service is there. */
  answered: () => void;
}

export interface Listing {
  /** The service has answered the last call, or none has been made yet. */
  reachable: () => boolean;
  /** Reads shares and storage figures anew. Never rejects: the outcome is part of the view. */
  refresh: () => Promise<void>;
  more: () => Promise<void>;
  /** Resolves with what stands in the way, if anything. */
  remove: (sharename: string, owner?: Owner) => Promise<RemovalProblem | undefined>;
  /** Shares what lies on the service's own disk. */
  sharePath: (path: string) => Promise<ShareReply<StoredLink>>;
  download: (sharename: string) => Promise<ShareReply<Blob>>;
  picture: (sharename: string, thumbnail: string) => Promise<void>;
  clear: () => Promise<void>;
  /** Another account is shown now. */
  turn: () => Promise<void>;
}

/** Keeps the list of shares in step with the service. */
export function createListing(options: ListingOptions): Listing {
  const { account, recent, changed, answered } = options;
  let reachable = true;

  async function ask(call: (service: ShareService, owner: Owner) => Promise<void>): Promise<void> {
    const owner = account.owner();
    const service = account.service();
    if (!service || !owner) return;
    try {
      await call(options.hidden.without(service), owner);
      reachable = true;
      answered();
    } catch (error) {
      const event = eventOf(error);
      if (event.type === 'blocked' && event.reason.kind === 'sign-in') await account.end(owner);
      else if (sameOwner(owner, account.owner())) reachable = false;
    } finally {
      changed();
    }
  }

  async function reply<T>(
    call: (service: ShareService) => Promise<T> | undefined,
  ): Promise<ShareReply<T>> {
    const service = account.service();
    if (!service) return { ok: false, problem: 'sign-in' };
    try {
      const value = await call(service);
      return value === undefined ? { ok: false, problem: 'refused' } : { ok: true, value };
    } catch (error) {
      return { ok: false, problem: removalProblem(eventOf(error)) ?? 'gone' };
    }
  }

  return {
    reachable: () => reachable,
    refresh: () =>
      ask(async (service, owner) => {
        const still = () => sameOwner(owner, account.owner());
        await Promise.all([
          recent.refresh(service, still),
          service.profile().then((profile) => account.update(owner, profile)),
        ]);
      }),
    more: () =>
      ask((service, owner) => recent.more(service, () => sameOwner(owner, account.owner()))),
    async remove(sharename, owner = account.owner()) {
      const service = owner && account.service(owner);
      if (!service) return 'sign-in';
      try {
        await service.remove(sharename);
      } catch (error) {
        const problem = removalProblem(eventOf(error));
        if (problem === 'sign-in') await account.end(owner);
        if (problem) return problem;
      }
      await recent.forget(sharename);
      return undefined;
    },
    async picture(sharename, thumbnail) {
      await recent.picture(sharename, thumbnail);
      changed();
    },
    clear: () => recent.clear(),
    async turn() {
      reachable = true;
      await recent.turn();
    },
    sharePath: (path) => reply(({ sharePath }) => sharePath?.(path)),
    download: (sharename) => reply(({ download }) => download?.(sharename)),
  };
}

/** `undefined` when the share is gone already. */
function removalProblem(event: JobEvent): RemovalProblem | undefined {
  if (event.type === 'failed' && event.failure.code === 'share-gone') return undefined;
  const kind = event.type === 'blocked' ? event.reason.kind : undefined;
  return kind === 'network' || kind === 'server' || kind === 'sign-in' ? kind : 'refused';
}
