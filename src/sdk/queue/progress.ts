import { type Clock, systemClock } from '../http/clock.ts';
import type { QueueItem } from './item.ts';

/** Speed is that of so long. */
const WINDOW_MS = 10_000;

/** How far the files are that are to be sent; those on demand count once they are asked for. */
export interface QueueProgress {
  /** Files, and how many of them are stored. */
  files: number;
  done: number;
  sent: number;
  /** Bytes; `undefined` while the size of a file is not known. */
  total: number | undefined;
  /** Bytes a second over the last 10 seconds. */
  speed: number;
  /** Milliseconds; `undefined` when nothing moves or the total is not known. */
  timeLeft: number | undefined;
}

/** Counts bytes that have just left, and tells how many a second there have been in the last 10. */
export type Speed = (bytes: number) => number;

/** Measures uploads, any number of them together. */
export function speedometer(clock: Clock = systemClock): Speed {
  let samples: { at: number; bytes: number }[] = [];
  return (bytes) => {
    const now = clock.now();
    if (bytes > 0) samples.push({ at: now, bytes });
    samples = samples.filter(({ at }) => now - at < WINDOW_MS);
    const sum = samples.reduce((total, sample) => total + sample.bytes, 0);
    return (sum * 1000) / Math.max(1000, now - (samples[0]?.at ?? now));
  };
}

export function progressOf(items: Iterable<QueueItem>, speed: number): QueueProgress {
  let [files, done, sent, total] = [0, 0, 0, 0];
  for (const { state, ...item } of items) {
    if (['on-demand', 'skipped', 'cancelled'].includes(state.type)) continue;
    files += 1;
    if (state.type === 'sent') done += 1;
    sent += item.sent;
    total += item.size ?? Number.NaN;
  }
  const known = !Number.isNaN(total);
  const timeLeft = known && speed > 0 ? ((total - sent) / speed) * 1000 : undefined;
  return { files, done, sent, total: known ? total : undefined, speed, timeLeft };
}
