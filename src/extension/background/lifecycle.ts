import { shareOf } from '../jobs/announcer.ts';
import { isUnfinished, type Job, linkOf } from '../jobs/job.ts';
import type { ByteStore, JobStore } from '../jobs/store.ts';
import type { DocumentHost } from './document-host.ts';
import type { Listing } from './listing.ts';
import type { Notices } from './notices.ts';
import type { ViewPublisher } from './view-publisher.ts';
import type { RefusedRemoval, Removal } from './view-state.ts';

/** How long a finished share is shown as such before it is one of the recent ones. */
const FINISHED = 4_000;

export interface LifecycleParts {
  store: JobStore;
  bytes: ByteStore;
  host: DocumentHost;
  listing: Pick<Listing, 'picture' | 'refresh' | 'remove'>;
  view: Pick<ViewPublisher, 'copied'>;
  notices: Pick<Notices, 'linked' | 'finished'>;
  /** Whether links are copied without a click. */
  copies: () => boolean;
}

/** What becomes of a batch: its link, its end, its removal. */
export interface Lifecycle {
  announced: (jobs: readonly Job[]) => Promise<void>;
  stored: (job: Job) => Promise<void>;
  /** Copies a new link, if the user wants that. */
  copy: (url: string) => Promise<boolean>;
  /** Forgets what is over and shown no longer. */
  sweep: () => Promise<void>;
  carryOut: (removal: Removal) => Promise<RefusedRemoval | undefined>;
}

export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const { store, bytes, host, listing, view, notices } = parts;
  const inBatch = (id: string) => store.all().filter(({ batch }) => batch === id);

  async function forget(jobs: readonly Job[]) {
    for (const { id } of jobs) {
      await Promise.all([bytes.remove(id), host.drop(id)]);
      await store.remove(id);
    }
    if (!store.all().some(isUnfinished)) await host.rest();
  }

  /** Copying can fail while another program holds the clipboard; the popup has the button. */
  async function copy(url: string): Promise<boolean> {
    const copied =
      parts.copies() &&
      (await host.copy(url).then(
        () => true,
        () => false,
      ));
    if (copied) view.copied(url);
    return copied;
  }

  /** Services that give links last have given them all by now. */
  async function linkedLast(jobs: readonly Job[]) {
    const urls: string[] = [];
    for (const { state, thumbnail } of jobs) {
      const link = linkOf(state);
      if (!link || !('address' in link.target)) continue;
      if (link.url !== undefined) urls.push(link.url);
      if (thumbnail !== undefined) await listing.picture(link.sharename, thumbnail);
    }
    if (urls.length > 0) await copy(urls.join('\n'));
  }

  return {
    /** The link is copied before the first byte is sent, once for all files of a batch. */
    async announced(jobs) {
      const [first] = jobs;
      const link = first && linkOf(first.state);
      if (!first || link?.url === undefined) return;
      const { url } = link;
      const picture = jobs.find(({ thumbnail }) => thumbnail !== undefined)?.thumbnail;
      if (picture !== undefined) await listing.picture(link.sharename, picture);
      const others = inBatch(first.batch).filter(({ id }) => !jobs.some((job) => job.id === id));
      if (others.some(({ state }) => linkOf(state))) return;
      await notices.linked(first, await copy(url));
    },
    copy,
    async stored({ batch }) {
      const whole = inBatch(batch);
      if (whole.some(isUnfinished)) return;
      await linkedLast(whole);
      await notices.finished(whole);
      await listing.refresh();
      setTimeout(() => void forget(whole), FINISHED);
    },
    async sweep() {
      await bytes.removeOrphans(store.all().map(({ id }) => id));
      const open = new Set(
        store
          .all()
          .filter(isUnfinished)
          .map(({ batch }) => batch),
      );
      const over = store
        .all()
        .filter(({ batch, state }) => state.name === 'done' && !open.has(batch));
      if (over.length > 0) await forget(over);
    },
    async carryOut({ kind, key, owner }) {
      const batch = kind === 'batch' ? inBatch(key) : [];
      const sharename = kind === 'share' ? key : shareOf(batch)?.sharename;
      const problem =
        sharename === undefined
          ? undefined
          : await listing.remove(sharename, owner ?? batch[0]?.owner);
      await forget(batch);
      return sharename !== undefined && problem ? { sharename, problem } : undefined;
    },
  };
}
