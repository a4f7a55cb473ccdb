import type { Clock } from '../http/clock.ts';
import { abortable } from './abortable.ts';
import { ERROR_CODES, JetStreamOperationError } from './errors.ts';
import type { CallOptions } from './rpc/methods.ts';

/** The part of a clock that waiters use. */
export type WaitClock = Pick<Clock, 'sleep'>;

/** A structure of an ongoing operation. */
interface Ongoing {
  processing: boolean;
  status: string;
  errorMessage?: string | null | undefined;
}

/** How waiters wait unless a call says otherwise. */
export interface WaitDefaults {
  /** Pause between two looks in milliseconds. Default: 1000. */
  intervalMs?: number | undefined;
  /**
   * Milliseconds until the waiting, not the work, ends with a `TimeoutError` (a DOMException, as of
   * `AbortSignal.timeout`). Default: `Infinity`.
   */
  timeoutMs?: number | undefined;
  /** Reject with `JetStreamOperationError` when the operation stops as `error`. Default: false. */
  throwOnError?: boolean | undefined;
}

/** How one waiter waits. */
export interface WaitOptions<T> extends CallOptions, WaitDefaults {
  /** Called with every structure that arrives, the last one included. */
  onProgress?: ((snapshot: T) => void) | undefined;
}

/** How a waiter learns of one object. */
export interface Watched<T> {
  get: (signal: AbortSignal) => Promise<T>;
  /** Whether the server can answer late, instead of being asked again and again. */
  answersLate: () => Promise<boolean>;
  lateAnswer: (signal: AbortSignal) => Promise<T>;
  /** Structures that the server sends of its own accord; gives the function that stops them. */
  subscribe: (listener: (snapshot: T) => void) => () => void;
}

/** Waits until an operation stops, whatever its status then. */
export async function waitUntilStopped<T extends Ongoing>(
  watched: Watched<T>,
  options: WaitOptions<T>,
  clock: WaitClock,
): Promise<T> {
  const { intervalMs = 1000, timeoutMs, throwOnError = false, onProgress, signal } = options;
  signal?.throwIfAborted();
  const over = new AbortController();
  let told = false;

  const poll = async (): Promise<T> => {
    for (;;) {
      // News that came by itself spares one look.
      if (!told) {
        const snapshot = await watched.get(over.signal);
        onProgress?.(snapshot);
        if (!snapshot.processing) return snapshot;
      }
      told = false;
      await clock.sleep(intervalMs, over.signal);
    }
  };
  const lateAnswer = async (): Promise<T> => {
    const stopped = await watched.lateAnswer(over.signal);
    onProgress?.(stopped);
    return stopped;
  };
  const ask = async (): Promise<T> => {
    if (!(await watched.answersLate())) return poll();
    // A late answer tells nothing on the way.
    return onProgress ? Promise.race([lateAnswer(), poll()]) : lateAnswer();
  };
  const news = new Promise<T>((resolve, reject) => {
    const unsubscribe = watched.subscribe((snapshot) => {
      told = true;
      try {
        onProgress?.(snapshot);
        if (!snapshot.processing) resolve(snapshot);
      } catch (error) {
        reject(error);
      }
    });
    over.signal.addEventListener('abort', unsubscribe, { once: true });
  });
  const deadline = async (ms: number): Promise<never> => {
    await clock.sleep(ms, over.signal);
    throw new DOMException(`The operation did not stop within ${ms} ms.`, 'TimeoutError');
  };

  try {
    const ends = [ask(), news, ...(timeoutMs === undefined ? [] : [deadline(timeoutMs)])];
    const stopped = await abortable(Promise.race(ends), signal);
    if (throwOnError && stopped.status === 'error') throw failure(stopped);
    return stopped;
  } finally {
    over.abort();
  }
}

function failure(stopped: Ongoing): JetStreamOperationError {
  const message = stopped.errorMessage || 'The operation stopped with an error.';
  return new JetStreamOperationError(message, ERROR_CODES.failed, { data: stopped });
}
