import type { CallOptions } from '../gett/file.ts';
import type { Clock } from '../http/clock.ts';
import type { LiveConnection } from '../live/connection.ts';
import type { UploadOptions } from '../upload/types.ts';
import type { QueueItem } from './item.ts';
import type { QueueStore } from './store.ts';

/** `change`: the state or the progress of a file. `idle`: nothing waits and nothing is sent. */
export type QueueEvent = { type: 'change'; item: QueueItem } | { type: 'idle' };

/** Options of `UploadQueue`. */
export interface QueueOptions {
  /** Files sent at the same time, 3 by default; files that somebody waits for get as many more. */
  parallel?: number;
  /** Files are announced with its session, and go first when somebody asks for them. */
  live?: Pick<LiveConnection, 'session' | 'on'>;
  /** Keeps the queue over a restart. */
  store?: QueueStore;
  /** How each file is sent. */
  upload?: Omit<UploadOptions, 'onProgress' | 'signal' | 'name'>;
  clock?: Clock;
}

/** Options of `UploadQueue.add`. */
export interface AddOptions extends CallOptions {
  /** Higher ones go first; 0 by default. */
  priority?: number;
  /** Not sent until somebody asks for the file; needs `live`, and is refused without. */
  onDemand?: boolean;
}
