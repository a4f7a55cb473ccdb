import type { AccountKeeper } from '../account/account.ts';
import { eventOf } from '../jobs/failures.ts';
import type { JobEvent } from '../jobs/job.ts';
import type { ShareService } from '../services/share-service.ts';
import type { RecentShares } from './recent.ts';
import type { RemovalProblem } from './view-state.ts';

export interface ListingOptions {
  account: AccountKeeper;
  recent: RecentShares;
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
  remove: (sharename: string) => Promise<RemovalProblem | undefined>;
  picture: (sharename: string, thumbnail: string) => Promise<void>;
  clear: () => Promise<void>;
}

/** Keeps the list of shares in step with the service. */
export function createListing(options: ListingOptions): Listing {
  const { account, recent, changed, answered } = options;
  let reachable = true;

  async function ask(call: (service: ShareService) => Promise<void>): Promise<void> {
    const service = account.service();
    if (!service) return;
    try {
      await call(service);
      reachable = true;
      answered();
    } catch (error) {
      const event = eventOf(error);
      if (event.type === 'blocked' && event.reason.kind === 'sign-in') await account.end();
      else reachable = false;
    } finally {
      changed();
    }
  }

  return {
    reachable: () => reachable,
    refresh: () =>
      ask(async (service) => {
        await Promise.all([recent.refresh(service), service.profile().then(account.update)]);
      }),
    more: () => ask((service) => recent.more(service)),
    async remove(sharename) {
      const service = account.service();
      if (!service) return 'sign-in';
      try {
        await service.remove(sharename);
      } catch (error) {
        const problem = removalProblem(eventOf(error));
        if (problem === 'sign-in') await account.end();
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
  };
}

/** `undefined` when the share is gone already. */
function removalProblem(event: JobEvent): RemovalProblem | undefined {
  if (event.type === 'failed' && event.failure.code === 'share-gone') return undefined;
  const kind = event.type === 'blocked' ? event.reason.kind : undefined;
  return kind === 'network' || kind === 'server' || kind === 'sign-in' ? kind : 'refused';
}
