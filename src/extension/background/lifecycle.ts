import { shareOf } from '../jobs/announcer.ts';
import { isActive, isUnfinished, type Job, linkOf } from '../jobs/job.ts';
import type { ByteStore, JobStore } from '../jobs/store.ts';
import { type LinkFormat, linkText, type TitledLink } from '../settings/link-text.ts';
import type { DocumentHost } from './document-host.ts';
import type { Listing } from './listing.ts';
import type { Notices } from './notices.ts';
import type { Previews } from './previews.ts';
import type { Titles } from './titles.ts';
import type { ViewPublisher } from './view-publisher.ts';
import { type RefusedRemoval, type Removal, sharesOf } from './view-state.ts';

/** How long a finished share is shown as such before it is one of the recent ones. */
const FINISHED = 4_000;

export interface LifecycleParts {
  store: JobStore;
  bytes: ByteStore;
  host: DocumentHost;
  previews: Pick<Previews, 'leaving'>;
  listing: Pick<Listing, 'picture' | 'refresh' | 'remove' | 'removeFile'>;
  titles: Pick<Titles, 'settle'>;
  view: Pick<ViewPublisher, 'copied'>;
  notices: Pick<Notices, 'linked' | 'finished'>;
  privateWindowIsOpen: () => Promise<boolean>;
  /** Whether links are copied without a click. */
  copies: () => boolean;
  /** What is put on the clipboard then. */
  copyFormat: () => LinkFormat;
}

/** What becomes of a batch: its link, its end, its removal. */
export interface Lifecycle {
  announced: (jobs: readonly Job[]) => Promise<void>;
  stored: (job: Job) => Promise<void>;
  /** These are no longer of their batch, which may be whole now. */
  leaveOut: (jobs: readonly Job[]) => Promise<void>;
  /** Copies a new link, if the user wants that. */
  copy: (link: TitledLink) => Promise<boolean>;
  /** Forgets what is over and shown no longer. */
  sweep: () => Promise<void>;
  /** The last private window has been closed. */
  forgetPrivate: () => Promise<void>;
  carryOut: (removal: Removal) => Promise<RefusedRemoval[]>;
}

export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const { store, bytes, host, previews, listing, titles, view, notices } = parts;
  const inBatch = (id: string) => store.all().filter(({ batch }) => batch === id);

  async function forget(jobs: readonly Job[]) {
    for (const { id } of jobs) {
      await Promise.all([bytes.remove(id), host.drop(id)]);
      const job = store.get(id);
      if (job) previews.leaving(job);
      await store.remove(id);
    }
    if (!store.all().some(isUnfinished)) await host.rest();
  }

  /** Copying can fail while another program holds the clipboard; the popup has the button. */
  async function copy(links: readonly TitledLink[], secret = false): Promise<boolean> {
    const copied =
      parts.copies() &&
      (await host.copy(linkText(links, parts.copyFormat())).then(
        () => true,
        () => false,
      ));
    if (copied) view.copied(links.map(({ url }) => url).join('\n'), secret);
    return copied;
  }

  /** Services that give links last have given them all by now. */
  async function linkedLast(jobs: readonly Job[]) {
    const links: TitledLink[] = [];
    for (const { state, name, thumbnail, private: secret } of jobs) {
      const link = linkOf(state);
      if (!link || !('address' in link.target)) continue;
      if (link.url !== undefined) links.push({ title: name, url: link.url });
      if (thumbnail !== undefined && !secret) await listing.picture(link.sharename, thumbnail);
    }
    if (links.length > 0) await copy(links, jobs[0]?.private === true);
  }

  async function stored({ batch }: Pick<Job, 'batch'>) {
    const whole = inBatch(batch);
    if (whole.length === 0 || whole.some(isUnfinished)) return;
    await titles.settle(batch);
    await linkedLast(whole);
    if (!whole.some((job) => job.private)) await notices.finished(whole);
    await listing.refresh();
    // In a private window nothing else shows the link.
    if (whole.some((job) => job.private) && (await parts.privateWindowIsOpen())) return;
    setTimeout(() => void forget(whole), FINISHED);
  }

  return {
    stored,
    async leaveOut(jobs) {
      await forget(jobs);
      for (const batch of new Set(jobs.map((job) => job.batch))) await stored({ batch });
    },
    /** The link is copied before the first byte is sent, once for all files of a batch. */
    async announced(jobs) {
      const [first] = jobs;
      const link = first && linkOf(first.state);
      if (!first || link?.url === undefined) return;
      const { url } = link;
      const picture = jobs.find(({ thumbnail }) => thumbnail !== undefined)?.thumbnail;
      if (picture !== undefined && !first.private) await listing.picture(link.sharename, picture);
      const others = inBatch(first.batch).filter(({ id }) => !jobs.some((job) => job.id === id));
      if (others.some(({ state }) => linkOf(state))) return;
      const copied = await copy([{ title: labelOf(first), url }], first.private === true);
      if (!first.private) await notices.linked(first, copied);
      await titles.settle(first.batch);
    },
    copy: (link) => copy([link]),
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
      const secret = await parts.privateWindowIsOpen();
      const gone = over.filter((job) => !job.private || !secret);
      if (gone.length > 0) await forget(gone);
    },
    /** What goes on by itself is forgotten when it is done. */
    forgetPrivate: () => forget(store.all().filter((job) => job.private && !isActive(job))),
    async carryOut(removal) {
      const batch = removal.kind === 'batch' ? inBatch(removal.key) : [];
      // A share that was there before keeps what it had.
      const made = shareOf(batch.filter(({ added }) => !added));
      const refused: RefusedRemoval[] = [];
      for (const sharename of made ? [made.sharename] : sharesOf(removal)) {
        const problem = await listing.remove(sharename, removal.owner ?? batch[0]?.owner);
        if (problem) refused.push({ sharename, problem });
      }
      for (const { added, state } of batch) {
        const link = linkOf(state);
        if (added && link) await listing.removeFile(link);
      }
      await forget(batch);
      return refused;
    },
  };
}

/** What the share of a job is called, or will be. */
function labelOf({ retitle, title, name }: Job): string {
  return (retitle ?? title) || name;
}
