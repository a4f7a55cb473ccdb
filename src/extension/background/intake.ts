import type { AccountKeeper } from '../account/keeper.ts';
import { provisionalName } from '../capture/name.ts';
import {
  type Captured,
  capturePicture,
  type PictureReaders,
  type PictureSource,
} from '../capture/picture.ts';
import { type Job, type JobId, type JobSource, needsUser, type ShareRef } from '../jobs/job.ts';
import type { Scheduler } from '../jobs/scheduler.ts';
import { type ByteStore, type JobStore, KEPT_BYTES } from '../jobs/store.ts';
import { traceOf } from '../jobs/trace.ts';
import { CAPABILITIES } from '../services/capabilities.ts';
import type { SettingsStore } from '../settings/store.ts';
import type { DocumentHost } from './document-host.ts';
import type { Notices } from './notices.ts';
import type { Previews } from './previews.ts';

export interface IntakeParts {
  account: Pick<AccountKeeper, 'fileOwner' | 'clickOwner' | 'shown'>;
  settings: Pick<SettingsStore, 'current'>;
  store: JobStore;
  bytes: ByteStore;
  host: Pick<DocumentHost, 'hold' | 'preview'>;
  scheduler: Pick<Scheduler, 'pump'>;
  previews: Pick<Previews, 'add'>;
  readers: PictureReaders;
  /** A picture of a page once more; nothing while the user chooses the part of it. */
  retake: (job: Job) => Promise<Captured | undefined>;
  /** Keeps the background from being stopped while the work lasts. */
  awake: <T>(work: () => Promise<T>) => Promise<T>;
  /** Asks nothing about a job in another way meanwhile. */
  unless: Notices['unless'];
  /** Something is needed of the user who is at the keyboard right now. */
  askUser: () => Promise<void>;
  /** Whether the browser had room for a file that was to be kept. */
  kept: (whole: boolean) => void;
}

/** Bytes that are copied before the link is asked for: that takes a moment at most. */
const AT_ONCE = 8 * 1024 * 1024;

export interface GivenFiles {
  files: readonly File[];
  /** What to call them, where that is not their own name; one for each. */
  names?: readonly string[];
  /** Of the share, where it has one of its own. */
  title?: string;
  /** Every file becomes a share of its own. */
  each?: boolean;
  /** From a private window: nothing of them may be kept. */
  private?: boolean;
  /** A share that is there already takes them. */
  into?: ShareRef;
  /** Text of a page that was right-clicked. */
  clicked?: boolean;
}

/** Takes in what is to be shared, by whatever way it comes. */
export interface Intake {
  /** Files given together. Resolves when the sender may close. */
  files: (given: GivenFiles) => Promise<void>;
  /** Something that a page shows. @param clicked by right-click */
  picture: (source: PictureSource, clicked?: boolean) => Promise<void>;
  /** Something that takes a moment to be had. */
  capture: (what: Capture, take: () => Promise<Captured>) => Promise<void>;
  /** Other bytes for a job that stands still. */
  replace: (id: JobId, take: () => Promise<Captured>) => Promise<void>;
  /** Reads once more what could not be read before. */
  reread: (job: Job) => Promise<void>;
}

export interface Capture {
  source: JobSource;
  name: string;
  /** By right-click: it goes to the account that was chosen for that. */
  clicked?: boolean;
  /** The job that it is for, if that is still there. */
  again?: JobId;
  /** From a private window: nothing of it may be kept. */
  private?: boolean;
}

export function createIntake(parts: IntakeParts): Intake {
  const { account, settings, store, bytes, host, scheduler, readers } = parts;

  function ownedBy(clicked: boolean) {
    const owner = clicked ? account.clickOwner() : account.fileOwner();
    return owner ? { owner } : {};
  }

  async function keep(id: JobId, content: Blob, secret = store.get(id)?.private === true) {
    if (secret || !(await copy(id, content))) await host.hold(id, content);
  }

  /** `false` when it is too large, or there is no room on this computer: it is then only held. */
  async function copy(id: JobId, content: Blob): Promise<boolean> {
    if (content.size > KEPT_BYTES) return false;
    const whole = await bytes.put(id, content).then(
      () => true,
      () => false,
    );
    parts.kept(whole);
    return whole;
  }

  /** Turns what capturing gives into a job's next step. */
  const settle = (id: JobId, take: () => Promise<Captured | undefined>) =>
    parts.awake(async () => {
      const captured = await take().catch(unforeseen);
      if (captured) await note(id, captured);
    });

  async function note(id: JobId, captured: Captured) {
    if (captured.kind === 'blocked') {
      await store.dispatch(id, { type: 'blocked', reason: captured.reason });
      return;
    }
    if (captured.kind === 'failed') {
      await store.dispatch(id, { type: 'failed', failure: captured.failure });
      return;
    }
    const { kind, name, bytes } = captured;
    // That it can be shown is what makes it a picture; a film need not wait for its own.
    const thumbnail = kind === 'picture' ? await host.preview(bytes) : undefined;
    if (kind === 'picture' && thumbnail === undefined) {
      await store.dispatch(id, { type: 'failed', failure: undecodable });
      return;
    }
    await keep(id, bytes);
    const preview = thumbnail === undefined ? {} : { thumbnail };
    await store.describe(id, { name, size: bytes.size, ...preview });
    await store.dispatch(id, { type: 'captured' });
    if (kind !== 'picture') void parts.previews.add(id, bytes);
  }

  async function capture(
    { source, name, clicked = false, private: secret = false, again }: Capture,
    take: () => Promise<Captured>,
  ) {
    if (again !== undefined && store.get(again)) return replace(again, take);
    const id = crypto.randomUUID();
    await store.add({
      id,
      batch: crypto.randomUUID(),
      createdAt: Date.now(),
      source,
      ...ownedBy(clicked),
      ...(secret && { private: true as const }),
      name,
      state: { name: 'capturing' },
    });
    await parts.unless(id, async () => {
      await settle(id, take);
      await scheduler.pump();
      const job = store.get(id);
      if (job && needsUser(job)) await parts.askUser();
    });
  }

  async function replace(id: JobId, take: () => Promise<Captured>) {
    await settle(id, take);
    await scheduler.pump();
  }

  return {
    async files(given) {
      const { files, names = [], title, private: secret = false, into, clicked = false } = given;
      const { each = settings.current().grouping === 'each' } = given;
      const together = crypto.randomUUID();
      const alone = each || !CAPABILITIES[account.shown()?.service ?? 'gett'].severalFiles;
      const jobs = files.map((file, i) => ({
        file,
        job: {
          id: crypto.randomUUID(),
          batch: alone ? crypto.randomUUID() : together,
          ...(title !== undefined && !alone && { title }),
          createdAt: Date.now() + i,
          source: { kind: clicked ? 'text' : 'file' },
          ...ownedBy(clicked),
          ...(secret && { private: true as const }),
          ...(into && { share: into, added: true }),
          name: names[i] ?? file.name,
          size: file.size,
          state: { name: 'captured' },
        } satisfies Job,
      }));
      // The link must not wait for large files to be copied: they are held until they are.
      const small = files.reduce((sum, { size }) => sum + size, 0) <= AT_ONCE;
      for (const { job, file } of jobs) {
        await (small ? keep(job.id, file, secret) : host.hold(job.id, file));
      }
      // All of them or none: a share never begins with a part of what was given.
      await store.add(...jobs.map(({ job }) => job));
      void scheduler.pump();
      void (async () => {
        for (const { job, file } of jobs) {
          await Promise.all([
            parts.previews.add(job.id, file),
            !small && !secret ? copy(job.id, file) : undefined,
          ]);
        }
      })();
    },
    capture,
    picture(source, clicked = false) {
      const { src, pageTitle, media, page, private: secret = false } = source;
      const kept: JobSource = {
        kind: 'picture',
        // A data: address is the whole picture; it is never read again.
        src: src.startsWith('data:') ? '' : src,
        pageTitle,
        ...(media && { media }),
        ...(page && { page: { tabId: page.tabId, frameId: page.frameId } }),
        ...(page?.url !== undefined && { pageUrl: page.url }),
      };
      const name = provisionalName(src, pageTitle);
      const what = { source: kept, name, clicked, private: secret };
      return capture(what, () => capturePicture(source, readers));
    },
    replace,
    async reread(job) {
      const { id, source, private: secret = false } = job;
      if (source.kind === 'picture') {
        const { src, pageTitle, media } = source;
        const again = { src, pageTitle, private: secret, ...(media && { media }) };
        await settle(id, () => capturePicture(again, readers));
      }
      if (source.kind === 'screenshot') await settle(id, () => parts.retake(job));
    },
  };
}

const unforeseen = (error: unknown): Captured => ({
  kind: 'failed',
  failure: { code: 'unknown', detail: traceOf(error) },
});

const undecodable = { code: 'not-an-image', detail: 'The browser cannot show it.' } as const;
