import { type Job, type JobId, linkOf, needsUser } from '../jobs/job.ts';
import { plural, t } from '../platform/i18n.ts';
import type { Notice } from '../platform/notifications.ts';
import type { Settings } from '../settings/settings.ts';

/** Whoever has waited less has seen it happen. In milliseconds. */
const LONG = 10_000;

export interface NoticesOptions {
  wanted: () => Settings['notifications'];
  /** Somebody looks at a page that shows the same. */
  seen: () => Promise<boolean>;
  show: (notice: Notice) => Promise<void>;
  clear: (id: string) => Promise<void>;
  /** Why a job stands still, in a sentence. */
  reason: (job: Job) => string;
  /** Which jobs have been told of, as long as the browser runs; `undefined` right after its start. */
  memory: { get: () => Promise<JobId[] | undefined>; set: (told: JobId[]) => Promise<void> };
}

/** Tells what happens while nobody looks. One notice for each share. */
export interface Notices {
  /** The link is known; told if it was asked for by a click on a page. */
  linked: (job: Job, copied: boolean) => Promise<void>;
  /** Every file of a share is stored. */
  finished: (jobs: readonly Job[]) => Promise<void>;
  /** Somebody has to do something. Says it once for each job, until it goes on. */
  check: (jobs: readonly Job[]) => Promise<void>;
  /** What is asked of somebody in another way is not told as well. */
  unless: <T>(id: JobId, asking: () => Promise<T>) => Promise<T>;
  /** Somebody looks now. */
  looked: () => Promise<void>;
}

const INTERRUPTED = 'interrupted';

export async function openNotices(options: NoticesOptions): Promise<Notices> {
  const before = await options.memory.get();
  let starting = before === undefined;
  const told = new Set(before);
  const asked = new Set<JobId>();
  const shown = new Set<string>();

  async function show(notice: Notice) {
    if (await options.seen()) return;
    shown.add(notice.id);
    await options.show(notice);
  }

  async function tellProblem(job: Job) {
    // One notice for each share: what was told of its link is no news any more.
    const link = linkOf(job.state)?.url;
    if (link !== undefined && shown.delete(link)) await options.clear(link);
    const id = rowId(job.batch);
    await show({ id, title: t('noticeProblem', job.name), text: options.reason(job) });
  }

  /** What an earlier run of the browser could not finish, in one notice. */
  async function tellInterrupted(jobs: readonly Job[]) {
    const [first] = jobs;
    if (!first) return;
    const title = plural('noticeInterrupted', jobs.length);
    await show({ id: INTERRUPTED, title, text: t('noticeInterruptedText', first.name) });
  }

  return {
    async linked(job, copied) {
      const link = linkOf(job.state);
      if (link?.url === undefined || job.source.kind === 'file' || options.wanted() !== 'done')
        return;
      const address = short(link.url);
      await show({
        id: link.url,
        ...(copied
          ? { title: t('linkCopied'), text: t('noticeUploading', address, job.name) }
          : { title: t('noticeReady'), text: t('noticeReadyText', address) }),
      });
    },
    async finished(jobs) {
      const [first] = jobs;
      const link = first && linkOf(first.state);
      if (!first || !link || options.wanted() !== 'done') return;
      if (Date.now() - first.createdAt <= LONG) return;
      const title = plural('noticeShared', jobs.length);
      const name = first.title ?? first.name;
      const { url } = link;
      const problem = rowId(first.batch);
      if (shown.delete(problem)) await options.clear(problem);
      const text = url === undefined ? name : t('noticeSharedText', name, short(url));
      await show({ id: url ?? first.batch, title, text });
    },
    async check(jobs) {
      const stuck = jobs.filter((job) => needsUser(job) && !asked.has(job.id));
      const fresh = stuck.filter(({ id }) => !told.has(id));
      const over = [...told].filter((id) => !stuck.some((job) => job.id === id));
      const first = starting;
      starting = false;
      if (fresh.length === 0 && over.length === 0 && !first) return;
      for (const id of over) told.delete(id);
      for (const { id } of fresh) told.add(id);
      await options.memory.set([...told]);
      if (options.wanted() === 'none') return;
      const left = first ? fresh.filter(isInterrupted) : [];
      await tellInterrupted(left);
      for (const job of fresh) if (!left.includes(job)) await tellProblem(job);
    },
    async unless(id, asking) {
      asked.add(id);
      try {
        return await asking();
      } finally {
        asked.delete(id);
      }
    },
    async looked() {
      for (const id of shown) await options.clear(id);
      shown.clear();
    },
  };
}

function isInterrupted({ state }: Job): boolean {
  return state.name === 'waiting' && state.reason.kind === 'choose-again';
}

const ROW = 'row=';
const rowId = (batch: string) => `${ROW}${batch}`;

/** What a click on a notice opens: the share, or the upload tab, at the row that needs the user. */
export function placeOfNotice(id: string): { share: string } | { tab: string | undefined } {
  if (/^https?:/.test(id)) return { share: id };
  return { tab: id.startsWith(ROW) ? id : undefined };
}

const short = (url: string) => url.replace(/^https?:\/\//, '');
