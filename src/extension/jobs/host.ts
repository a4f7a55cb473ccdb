import { isGettError, type Speed, type UploadOptions } from '../../sdk/index.ts';
import type { StoredLink } from '../services/share-service.ts';
import { eventOf } from './failures.ts';
import type { JobEvent, JobId, UploadTarget } from './job.ts';
import { createProof, type Proof, type ProofStore } from './proof.ts';
import type { ByteStore } from './store.ts';

/** From this size on it pays to ask first what the service has: half a minute of a slow uplink. */
const RESUMABLE_FROM = 1024 * 1024;

/** How far one upload is. Volatile: shown while it lasts, never stored. */
export interface JobProgress {
  id: JobId;
  /** `checking`: that a file that was chosen again is the same one. */
  phase: 'checking' | 'sending';
  sent: number;
  total: number | undefined;
  /** Bytes that the service had when this try began; it goes on from there. */
  from: number;
  /** Bytes a second of all uploads together; absent until it can be told. */
  speed?: number;
}

/** How far a try had come that has ended. Bytes. */
export interface Figures {
  from: number;
  sent: number;
}

/** What a file that is chosen again is to be like, as long as its contents are not known. */
export interface Expected {
  name: string;
  size: number | undefined;
}

/**
 * Where uploads run. It outlives every view: the offscreen document in Chromium, because a
 * service worker is stopped after 30 s of upload and has no XMLHttpRequest; the event page in
 * Firefox.
 */
export interface UploadHost {
  /**
   * Keeps a file that is too large to be copied, by reference, until it is dropped.
   * @param again it was chosen again: it has to prove that it is the same one
   */
  hold: (id: JobId, bytes: Blob, again?: Expected) => Promise<void>;
  /** Lets go of a file, and of what is known of its contents. */
  drop: (id: JobId) => Promise<void>;
  /**
   * What was chosen last is the file from now on, whatever it was before.
   * @returns what it is; `undefined` when it is no longer at hand
   */
  accept: (id: JobId) => Promise<{ name: string; size: number } | undefined>;
  /**
   * Begins to send; what becomes of it is reported as events.
   * @param again it has been sent before: the service may have some of it, or all
   */
  send: (id: JobId, target: UploadTarget, options: { again: boolean }) => Promise<void>;
  /** Ends a try without a report; gives how far it had come, if it was under way. */
  stop: (id: JobId) => Promise<Figures | undefined>;
  /**
   * What it has at hand: files it holds by reference, and files it is sending, or has sent without
   * the report having been taken yet.
   */
  status: () => Promise<{ held: JobId[]; running: JobId[] }>;
}

export interface LocalUploadHost extends UploadHost {
  /** Reports the progress of everything under way once more, for a view that has just opened. */
  repeatProgress: () => void;
}

export interface HostOptions {
  bytes: ByteStore;
  proofs: ProofStore;
  /** Resolves with the link where the service gives it only now. */
  upload: (
    target: UploadTarget,
    bytes: Blob,
    options: UploadOptions,
  ) => Promise<StoredLink | undefined>;
  /** Resolves when the event is on disk. */
  report: (id: JobId, event: JobEvent, figures?: Figures) => Promise<void>;
  progress: (progress: JobProgress) => void;
  speed: Speed;
}

/** Speeds and times are only told when they have settled, in milliseconds. */
const SETTLES_AFTER = 3_000;

export function createUploadHost(options: HostOptions): LocalUploadHost {
  const held = new Map<JobId, { bytes: Blob; proof: Proof }>();
  const running = new Map<JobId, AbortController>();
  const progress = new Map<JobId, JobProgress>();
  let since = 0;

  function show(figures: Omit<JobProgress, 'speed'>) {
    const settled = Date.now() - since >= SETTLES_AFTER;
    const news = { ...figures, ...(settled && { speed: options.speed(0) }) };
    progress.set(figures.id, news);
    options.progress(news);
  }

  async function send(id: JobId, target: UploadTarget, again: boolean, signal: AbortSignal) {
    const figures: Figures = { from: 0, sent: 0 };
    const large = held.get(id);
    const bytes = large?.bytes ?? (await options.bytes.get(id));
    if (!bytes) return { event: LOST, figures };
    const doubtful = large?.proof.doubtful ?? false;
    const resumable = 'resumable' in target && target.resumable !== undefined;
    if (doubtful && !resumable && !large?.proof.looksRight) return { event: OTHER, figures };
    let finishing = false;
    try {
      const link = await options.upload(target, bytes, {
        signal,
        // The background tries again, at times that it can tell the user of.
        retries: 0,
        resumableFrom: RESUMABLE_FROM,
        ...((again || doubtful) && { method: 'resumable' }),
        ...large?.proof.guard((sent, total) =>
          show({ id, phase: 'checking', sent, total, from: 0 }),
        ),
        onProgress({ phase, sent, total, resumedFrom = 0 }) {
          options.speed(Math.max(0, sent - Math.max(figures.sent, resumedFrom)));
          figures.from = resumedFrom;
          figures.sent = sent;
          show({ id, phase: 'sending', sent, total, from: resumedFrom });
          if (phase !== 'finishing' || finishing) return;
          finishing = true;
          void options.report(id, { type: 'sent' });
        },
      });
      return { event: { type: 'stored' as const, ...(link && { link }) }, figures };
    } catch (error) {
      const other = large?.proof.doubtful && isGettError(error) && error.code === 'source-changed';
      return { event: other ? OTHER : eventOf(error), figures };
    }
  }

  return {
    async hold(id, bytes, again) {
      held.set(id, { bytes, proof: createProof({ id, bytes, store: options.proofs, again }) });
    },
    async drop(id) {
      held.delete(id);
      await options.proofs.remove(id);
    },
    async accept(id) {
      const large = held.get(id);
      if (!(large?.bytes instanceof File)) return undefined;
      const { bytes } = large;
      await options.proofs.remove(id);
      held.set(id, { bytes, proof: createProof({ id, bytes, store: options.proofs }) });
      return { name: bytes.name, size: bytes.size };
    },
    async send(id, target, { again }) {
      if (running.has(id)) return;
      const controller = new AbortController();
      if (running.size === 0) since = Date.now();
      running.set(id, controller);
      void send(id, target, again, controller.signal)
        .then(({ event, figures }) =>
          controller.signal.aborted ? undefined : options.report(id, event, figures),
        )
        .finally(() => {
          if (running.get(id) !== controller) return;
          running.delete(id);
          progress.delete(id);
        });
    },
    async stop(id) {
      const figures = progress.get(id);
      running.get(id)?.abort(new DOMException('The upload was cancelled.', 'AbortError'));
      running.delete(id);
      progress.delete(id);
      return figures?.phase === 'sending' ? { from: figures.from, sent: figures.sent } : undefined;
    },
    repeatProgress() {
      for (const figures of progress.values()) options.progress(figures);
    },
    async status() {
      return { held: [...held.keys()], running: [...running.keys()] };
    },
  };
}

const LOST = { type: 'blocked', reason: { kind: 'choose-again', why: 'closed' } } as const;
const OTHER = { type: 'blocked', reason: { kind: 'choose-again', why: 'other' } } as const;
