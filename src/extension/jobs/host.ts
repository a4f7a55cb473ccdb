import { isGettError, type uploadFile } from '../../sdk/index.ts';
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

/** What a failure of the service or of the upload means for a job. */
export function eventOf(error: unknown): JobEvent {
  if (!isGettError(error)) return failed('unknown', error);
  switch (error.code) {
    case 'network':
    case 'timeout':
    case 'stalled':
      return blocked('network');
    case 'server':
    case 'too-many-requests':
      return blocked('server');
    case 'unauthorized':
    case 'wrong-credentials':
    case 'not-signed-in':
      return blocked('sign-in');
    case 'storage-limit':
      return blocked('storage');
    case 'source-changed':
      return blocked('choose-again');
    case 'not-found':
      return failed('share-gone', error);
    case 'bad-request':
    case 'access-denied':
      return failed('refused', error);
    default:
      return failed('unknown', error);
  }
}

function blocked(kind: Exclude<WaitReason['kind'], 'permission'>): JobEvent {
  return { type: 'blocked', reason: { kind } };
}

function failed(code: Failure['code'], error: unknown): JobEvent {
  return { type: 'failed', failure: { code, detail: String(error) } };
}
