import { type Owner, sameOwner } from '../account/account.ts';
import type { AccountKeeper } from '../account/keeper.ts';
import { eventOf } from '../jobs/failures.ts';
import type { FileRef, JobEvent } from '../jobs/job.ts';
import { isNoRoom } from '../platform/no-room.ts';
import type { ShareService, StoredLink } from '../services/share-service.ts';
import type { ShareReply } from './calls.ts';
import type { HiddenShares } from './hidden-shares.ts';
import type { RecentShares } from './recent.ts';
import type { Found, ShareQuery } from './share-query.ts';
import type { RemovalProblem, ShareProblem } from './view-state.ts';

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
  /** What is known here, after reading from the service what is missing for a plain page. */
  find: (query: ShareQuery) => Promise<Found>;
  /** Reads all shares, unless that was done a short while ago. Resolves with whether all are known. */
  readAll: () => Promise<boolean>;
  /** Shows the new title at once, and the old one again when it is refused. */
  rename: (sharename: string, title: string | undefined) => Promise<ShareProblem | undefined>;
  /** Resolves with what stands in the way, if anything. */
  remove: (sharename: string, owner?: Owner) => Promise<RemovalProblem | undefined>;
  /** Shares what lies on the service's own disk. */
  sharePath: (path: string) => Promise<ShareReply<StoredLink>>;
  download: (sharename: string) => Promise<ShareReply<Blob>>;
  /** Takes one file out of a share; what fails stays there without bytes, which nobody sees. */
  removeFile: (file: FileRef) => Promise<void>;
  picture: (sharename: string, thumbnail: string) => Promise<void>;
  clear: () => Promise<void>;
  /** Another account is shown now. */
  turn: () => Promise<void>;
}

/** Keeps the list of shares in step with the service. */
export function createListing(options: ListingOptions): Listing {
  const { account, recent, changed, answered } = options;
  let reachable = true;
  let reading: Promise<void> | undefined;
  /** Whether it is still the account that is shown. */
  const shows = (owner: Owner) => () => sameOwner(owner, account.owner());

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
      else if (isNoRoom(error)) {
        // The service has answered; this computer could not keep the answer.
        reachable = true;
        answered();
      } else if (sameOwner(owner, account.owner())) reachable = false;
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
      return { ok: false, problem: shareProblem(eventOf(error)) };
    }
  }

  return {
    reachable: () => reachable,
    refresh: () =>
      ask(async (service, owner) => {
        await Promise.all([
          recent.refresh(service, shows(owner)),
          service.profile().then((profile) => account.update(owner, profile)),
        ]);
      }),
    async find(query) {
      const plain = query.text === '' && query.sort === 'newest';
      if (plain && !(await recent.knows(query))) {
        await ask((service, owner) =>
          recent.refresh(service, shows(owner), query.skip + query.count),
        );
      }
      return recent.find(query);
    },
    async readAll() {
      const everything = { text: '', sort: 'oldest', skip: 0, count: 0 } as const;
      if (!(await recent.knows(everything))) {
        reading ??= ask((service, owner) => recent.readAll(service, shows(owner), changed)).finally(
          () => {
            reading = undefined;
          },
        );
        await reading;
      }
      return recent.knows(everything);
    },
    async rename(sharename, title) {
      const owner = account.owner();
      const service = account.service();
      if (!owner || !service?.rename) return service ? 'refused' : 'sign-in';
      const before = await recent.title(sharename);
      await recent.rename(sharename, title);
      changed();
      try {
        await service.rename(sharename, title);
        return undefined;
      } catch (error) {
        await recent.rename(sharename, before);
        const problem = shareProblem(eventOf(error));
        if (problem === 'sign-in') await account.end(owner);
        return problem;
      } finally {
        changed();
      }
    },
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
    async removeFile(file) {
      await account
        .service()
        ?.removeFile(file)
        .catch(() => undefined);
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

/** Why something could not be done with a share. */
export function shareProblem(event: JobEvent): ShareProblem {
  return removalProblem(event) ?? 'gone';
}

/** `undefined` when the share is gone already. */
function removalProblem(event: JobEvent): RemovalProblem | undefined {
  if (event.type === 'failed' && event.failure.code === 'share-gone') return undefined;
  const kind = event.type === 'blocked' ? event.reason.kind : undefined;
  return kind === 'network' || kind === 'server' || kind === 'sign-in' ? kind : 'refused';
}
