import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { GettFileState, GettShare } from '../../protocol/shapes.ts';
import type { FileRecord, ShareRecord } from '../metadata/store.ts';
import type { FoundFile, Sharing, SharingDeps } from './sharing.ts';

/** How often a watcher hears of changes, milliseconds. */
const INTERVAL = 250;

export interface Progress {
  state: GettFileState;
  /** The session that announced the file is connected; absent where none did. */
  live?: boolean;
  received: number;
  size?: number;
}

/** Listens to something; gives the way to stop it. */
type Subscribe = (listener: () => void) => () => void;

/** Shares that have got files, another title, or have lost something. */
export class ShareChanges {
  readonly #events = new EventEmitter().setMaxListeners(0);

  emit(shareId: number): void {
    this.#events.emit(String(shareId));
  }

  on(shareId: number, listener: () => void): () => void {
    this.#events.on(String(shareId), listener);
    return () => this.#events.off(String(shareId), listener);
  }
}

type WatchDeps = Pick<SharingDeps, 'store' | 'uploads' | 'presence' | 'changes'> & {
  sharing: Sharing;
};

/** Tells whoever looks at a page what happens to what it shows. */
export class Watch {
  constructor(private readonly deps: WatchDeps) {}

  /** The state of a file now and whenever it changes, until it will not change by itself. */
  async *file({ share, file }: FoundFile, signal: AbortSignal): AsyncGenerator<Progress> {
    const { store, uploads, sharing } = this.deps;
    for await (const _ of changes(() => [this.#file(file)], signal)) {
      const record = await store.shares.file(file);
      if (!record) return;
      const { readystate: state, size, live } = sharing.describe(share, record);
      const received =
        uploads.running(file)?.committed ?? record.blob?.size ?? record.unfinished?.offset ?? 0;
      yield {
        state,
        ...(live !== undefined && { live }),
        received,
        ...(size !== undefined && { size }),
      };
      if (state !== 'remote' && state !== 'uploading') return;
    }
  }

  /** A share as visitors see it, now and whenever something about it may have changed. */
  async *share(share: ShareRecord, signal: AbortSignal): AsyncGenerator<GettShare> {
    const { store, sharing, changes: shares } = this.deps;
    let files = await store.shares.files([share.shareId]);
    const watched = () => [
      (listener: () => void) => shares.on(share.shareId, listener),
      ...files.map((file) => this.#file(file)),
    ];
    for await (const _ of changes(watched, signal)) {
      const now = await sharing.findShare(share.sharename);
      if (!now) return;
      files = await store.shares.files([share.shareId]);
      yield await sharing.viewShare(now, { asOwner: false });
      if (now.removed) return;
    }
  }

  #file(file: FileRecord): Subscribe {
    const { uploads, presence } = this.deps;
    const { session } = file;
    return (listener) => {
      const stop = uploads.onChange(file, listener);
      const stopToo = session === undefined ? () => {} : presence.onPresence(session, listener);
      return () => {
        stop();
        stopToo();
      };
    };
  }
}

/** Yields at once, and again after something has happened; ends with the signal. */
async function* changes(watched: () => Subscribe[], signal: AbortSignal): AsyncGenerator<void> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  try {
    for (;;) {
      // Listening begins before the look, so that nothing happens in between unseen.
      const change = nextOf(watched(), stop);
      yield;
      if (!(await change)) return;
      await delay(INTERVAL);
    }
  } finally {
    left.abort();
  }
}

/** Resolves to `false` when nobody wants to know any more. */
function nextOf(watched: Subscribe[], signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (changed: boolean) => {
      for (const stop of stops) stop();
      signal.removeEventListener('abort', onAbort);
      resolve(changed);
    };
    const onAbort = () => done(false);
    const stops = watched.map((subscribe) => subscribe(() => done(true)));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}
