/** One piece of work that several parties can end. */
export interface AbortScope {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Lets go of the caller's signal and of the timer; to be called when the work is over. */
  release(): void;
}

const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Ends with the caller's signal, after `timeout` milliseconds with a `TimeoutError`, or by itself.
 * Not `AbortSignal.any` with `AbortSignal.timeout`: Node may collect such a signal before it fires
 * (https://github.com/nodejs/node/issues/57736).
 */
export function abortScope(signal: AbortSignal | undefined, timeout?: number): AbortScope {
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) follow();
  signal?.addEventListener('abort', follow, { once: true });
  const expire = (): void =>
    controller.abort(new DOMException('The time limit has passed.', 'TimeoutError'));
  const timer =
    timeout === undefined ? undefined : setTimeout(expire, Math.min(timeout, LONGEST_TIMER));
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', follow);
    },
  };
}
