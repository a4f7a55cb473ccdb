type Run = <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Runs tasks one after the other, in the order asked. A task whose signal ends while it waits is
 * left out and rejects at once with the signal's reason.
 */
export function serialQueue(): Run {
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(task: () => Promise<T>, signal?: AbortSignal) => {
    const before = tail;
    const result = new Promise<T>((resolve, reject) => {
      const leave = (): void => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      void before.then(() => {
        signal?.removeEventListener('abort', leave);
        if (signal?.aborted) leave();
        else task().then(resolve, reject);
      });
    });
    tail = Promise.allSettled([before, result]);
    return result;
  };
}
