import type { Clock } from '../http/clock.ts';
import type { Api } from './api.ts';
import type { CallOptions } from './connection.ts';
import { task as decodeTask } from './decoders.ts';
import { SmartFileTaskError } from './errors.ts';
import type { Task } from './shapes.ts';

/** Options of waiting for a task. */
export interface WaitOptions extends CallOptions {
  /**
   * Milliseconds after which waiting ends; the task goes on. `Infinity` waits as long as it takes.
   * Default 390,000 (6.5 minutes).
   */
  timeout?: number;
}

/** Long operations (spec section 6). */
export interface SmartFileTasks {
  /** How far it is now, without waiting; does not throw when the task has failed. */
  get(uuid: string, options?: CallOptions): Promise<Task>;
  /**
   * Polls until the task has ended: after 200 ms first, then at doubling intervals of at most 6 s.
   *
   * @throws {SmartFileTaskError} when it failed, also for some paths only, or is not done in time
   */
  wait(uuid: string, options?: WaitOptions): Promise<Task>;
}

/** A long operation that has begun. */
export interface TaskHandle {
  /** To ask for it later, see {@link SmartFileTasks.get}. */
  readonly uuid: string;
  /** As {@link SmartFileTasks.wait}. */
  readonly wait: (options?: WaitOptions) => Promise<Task>;
}

const firstDelay = 200;
const longestDelay = 6_000;
const defaultTimeout = 390_000;

export function createTasks(api: Api, clock: Clock): SmartFileTasks {
  const get = (uuid: string, options: CallOptions = {}) =>
    api.decoded({ method: 'GET', endpoint: 'task', id: uuid, ...options }, decodeTask);

  async function poll(uuid: string, signal: AbortSignal): Promise<Task> {
    for (let delay = firstDelay; ; delay = Math.min(delay * 2, longestDelay)) {
      await clock.sleep(delay, signal);
      const task = await get(uuid, { signal });
      if (hasEnded(task)) return task;
    }
  }

  return {
    get,
    async wait(uuid, { timeout = defaultTimeout, signal } = {}) {
      const end = new AbortController();
      const expired = new SmartFileTaskError(
        `The task did not end within ${timeout / 1_000} s: it may still be running.`,
        { uuid, reason: 'timeout' },
      );
      const either = AbortSignal.any(signal ? [signal, end.signal] : [end.signal]);
      const stop = new AbortController();
      clock.sleep(timeout, stop.signal).then(
        () => end.abort(expired),
        () => undefined,
      );
      return poll(uuid, either).finally(() => stop.abort());
    },
  };
}

const running = new Set(['PENDING', 'PROGRESS', 'STARTED', 'RETRY']);
const failed = new Set(['FAILURE', 'REVOKED']);

const messages = {
  partial: 'The task failed for some paths: see errors.',
  failed: 'The task failed: see errors.',
  unexpected: 'The task has an unknown status.',
};

/** Whether it ended well; throws when it ended badly. */
function hasEnded({ uuid, status, result }: Task): boolean {
  const current = result?.status ?? status ?? '';
  if (running.has(current)) return false;
  const errors = result?.result?.errors ?? {};
  const done = current === 'SUCCESS';
  if (done && Object.keys(errors).length === 0) return true;
  const reason = done ? 'partial' : failed.has(current) ? 'failed' : 'unexpected';
  throw new SmartFileTaskError(messages[reason], { uuid, reason, errors });
}
