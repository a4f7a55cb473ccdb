import { type GettErrorCode, isGettError, type uploadFile } from '../../sdk/index.ts';
import type { Failure, JobEvent, JobId, UploadTarget, WaitReason } from './job.ts';
import type { ByteStore } from './store.ts';

/** How far one upload is. Volatile: shown while it lasts, never stored. */
export interface JobProgress {
  id: JobId;
  sent: number;
  total: number | undefined;
}

/**
 * Where uploads run. It outlives every view: the offscreen document in Chromium, because a
 * service worker is stopped after 30 s of upload and has no XMLHttpRequest; the event page in
 * Firefox.
 */
export interface UploadHost {
  /** Keeps a file that is too large to be copied, by reference, until it is dropped. */
  hold: (id: JobId, bytes: Blob) => Promise<void>;
  drop: (id: JobId) => Promise<void>;
  /** Begins to send; what becomes of it is reported as events. */
  send: (id: JobId, target: UploadTarget) => Promise<void>;
  stop: (id: JobId) => Promise<void>;
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
  upload: typeof uploadFile;
  /** Resolves when the event is on disk. */
  report: (id: JobId, event: JobEvent) => Promise<void>;
  progress: (progress: JobProgress) => void;
}

export function createUploadHost(options: HostOptions): LocalUploadHost {
  const held = new Map<JobId, Blob>();
  const running = new Map<JobId, AbortController>();
  const progress = new Map<JobId, JobProgress>();

  const send = async (id: JobId, target: UploadTarget, signal: AbortSignal): Promise<JobEvent> => {
    const bytes = held.get(id) ?? (await options.bytes.get(id));
    if (!bytes) return { type: 'blocked', reason: { kind: 'choose-again' } };
    let finishing = false;
    try {
      await options.upload(target, bytes, {
        signal,
        onProgress: ({ phase, sent, total }) => {
          progress.set(id, { id, sent, total });
          options.progress({ id, sent, total });
          if (phase === 'finishing' && !finishing) {
            finishing = true;
            void options.report(id, { type: 'sent' });
          }
        },
      });
      return { type: 'stored' };
    } catch (error) {
      return eventOf(error);
    }
  };

  return {
    async hold(id, bytes) {
      held.set(id, bytes);
    },
    async drop(id) {
      held.delete(id);
    },
    async send(id, target) {
      if (running.has(id)) return;
      const controller = new AbortController();
      running.set(id, controller);
      void send(id, target, controller.signal)
        .then((event) => (controller.signal.aborted ? undefined : options.report(id, event)))
        .finally(() => {
          if (running.get(id) === controller) running.delete(id);
          progress.delete(id);
        });
    },
    async stop(id) {
      running.get(id)?.abort(new DOMException('The upload was cancelled.', 'AbortError'));
      running.delete(id);
    },
    repeatProgress() {
      for (const figures of progress.values()) options.progress(figures);
    },
    async status() {
      return { held: [...held.keys()], running: [...running.keys()] };
    },
  };
}

const WAITS = {
  network: 'network',
  timeout: 'network',
  stalled: 'network',
  server: 'server',
  'too-many-requests': 'server',
  unauthorized: 'sign-in',
  'wrong-credentials': 'sign-in',
  'not-signed-in': 'sign-in',
  'storage-limit': 'storage',
  'source-changed': 'choose-again',
} as const satisfies Partial<Record<GettErrorCode, WaitReason['kind']>>;

const FAILURES = {
  'not-found': 'share-gone',
  'bad-request': 'refused',
  'access-denied': 'refused',
  'invalid-answer': 'unknown',
  'not-an-image': 'unknown',
} as const satisfies Record<Exclude<GettErrorCode, keyof typeof WAITS>, Failure['code']>;

/** What a failure of the service or of the upload means for a job. */
export function eventOf(error: unknown): JobEvent {
  const code = isGettError(error) ? error.code : 'invalid-answer';
  if (isWait(code)) return { type: 'blocked', reason: { kind: WAITS[code] } };
  return { type: 'failed', failure: { code: FAILURES[code], detail: String(error) } };
}

function isWait(code: GettErrorCode): code is keyof typeof WAITS {
  return code in WAITS;
}
