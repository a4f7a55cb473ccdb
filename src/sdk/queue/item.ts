import type { ShareFile } from '../gett/file.ts';
import { sizeOf } from '../gett/upload.ts';
import type { UploadSource } from '../upload/types.ts';
import type { StoredUpload } from './store.ts';

/**
 * `waiting`: in line. `on-demand`: until somebody asks for it. `sending`: under way, or between two
 * tries. `paused`: until `resume`. `sent`: stored. `skipped`: removed meanwhile, so nobody wants it.
 * `failed`: given up; `resume` tries again. `cancelled`: taken out of the queue.
 */
export type QueueState =
  | {
      type: 'waiting' | 'on-demand' | 'sending' | 'paused' | 'sent' | 'skipped' | 'cancelled';
    }
  | { type: 'failed'; error: unknown };

/** One file of a queue. Its fields follow what happens to it. */
export interface QueueItem {
  readonly file: ShareFile;
  readonly state: QueueState;
  /** Higher ones go first; 0 by default. */
  readonly priority: number;
  /** Bytes handed to the network, or kept by the service of an earlier try. */
  readonly sent: number;
  /** Bytes; `undefined` for a bare stream until it is sent. */
  readonly size: number | undefined;
}

/** A {@link QueueItem} as the queue itself sees it. */
export interface Entry extends QueueItem {
  readonly source: UploadSource;
  readonly onDemand: boolean;
  /** Place in line among equals. */
  readonly position: number;
  state: QueueState;
  priority: number;
  sent: number;
  /** Somebody waits for it: ahead of all others. */
  wanted: boolean;
  abort?: AbortController;
}

/** Names a file among those of all shares. */
export function keyOf({ sharename, fileid }: { sharename: string; fileid: string }): string {
  return `${sharename}/${fileid}`;
}

/** Whether one entry is sent before another. */
export function goesBefore(a: Entry, b: Entry): boolean {
  if (a.wanted !== b.wanted) return a.wanted;
  return a.priority === b.priority ? a.position < b.position : a.priority > b.priority;
}

/** Whether nothing more can happen to it. */
export function isOver({ type }: QueueState): boolean {
  return type === 'sent' || type === 'skipped' || type === 'cancelled';
}

export function entryOf(
  file: ShareFile,
  source: UploadSource,
  place: Pick<StoredUpload, 'priority' | 'onDemand' | 'position'>,
): Entry {
  const state: QueueState = { type: place.onDemand ? 'on-demand' : 'waiting' };
  return { ...place, file, source, size: sizeOf(source), state, sent: 0, wanted: false };
}

export function stored({ file, size, priority, onDemand, position }: Entry): StoredUpload {
  return { file: file.serialize(), size, priority, onDemand, position };
}
