import { expect, it, vi } from 'vitest';
import { abortable } from '../../../../src/sdk/jetstream/abortable.ts';

it('gives what the work gives, also without a signal', async () => {
  const { signal } = new AbortController();
  await expect(abortable(Promise.resolve(1), signal)).resolves.toBe(1);
  await expect(abortable(Promise.resolve(2), undefined)).resolves.toBe(2);
  const failed = Promise.reject(new Error('no'));
  await expect(abortable(failed, signal)).rejects.toThrow('no');
});

it('rejects with the reason of a signal that aborts, or has aborted before', async () => {
  const controller = new AbortController();
  const work = new Promise<never>(() => undefined);
  const waiting = abortable(work, controller.signal);
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(abortable(work, controller.signal)).rejects.toBe(reason);
});

it('leaves no listener on a signal that lives longer', async () => {
  const { signal } = new AbortController();
  const removed: unknown[] = [];
  const add = vi
    .spyOn(signal, 'addEventListener')
    .mockImplementation((_type, _listener, options) => {
      if (typeof options === 'object')
        options.signal?.addEventListener('abort', () => removed.push(1));
    });
  await abortable(Promise.resolve(), signal);
  expect(add).toHaveBeenCalledOnce();
  expect(removed).toEqual([1]);
});
