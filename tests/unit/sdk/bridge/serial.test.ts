import { describe, expect, it } from 'vitest';
import { millisecondNonce } from '../../../../src/sdk/bridge/nonce.ts';
import { serialQueue } from '../../../../src/sdk/bridge/serial.ts';

describe('a serial queue', () => {
  it('starts a task when the one before it has ended, also after a failure', async () => {
    const run = serialQueue();
    const log: string[] = [];
    const task = (name: string, fails = false) =>
      run(async () => {
        log.push(`${name} starts`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([task('a', true), task('b'), task('c')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    const order = ['a', 'b', 'c'].flatMap((name) => [`${name} starts`, `${name} ends`]);
    expect(log).toEqual(order);
  });

  it('leaves a task out at once when its signal ends while it waits', async () => {
    const run = serialQueue();
    let free = (): void => undefined;
    const first = run(() => new Promise<void>((resolve) => (free = resolve)));
    const stop = new AbortController();
    let started = false;
    const second = run(async () => (started = true), stop.signal);
    const third = run(async () => 'third');
    stop.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    free();
    await first;
    expect(await third).toBe('third');
    expect(started).toBe(false);
  });

  it('keeps the order when a waiting task is left out', async () => {
    const run = serialQueue();
    let free = (): void => undefined;
    let ended = false;
    const first = run(() => new Promise<void>((resolve) => (free = resolve)));
    const gone = run(async () => undefined, AbortSignal.timeout(0));
    await expect(gone).rejects.toThrow();
    const third = run(async () => ended);
    await new Promise((resolve) => setImmediate(resolve));
    ended = true;
    free();
    await first;
    expect(await third).toBe(true);
  });
});

describe('a nonce', () => {
  it('is the time in milliseconds, and always more than the last', () => {
    const times = [1000, 1000, 999, 1005];
    const nonce = millisecondNonce(() => times.shift() ?? 0);
    expect([nonce(), nonce(), nonce(), nonce()]).toEqual([1000, 1001, 1002, 1005]);
  });
});
