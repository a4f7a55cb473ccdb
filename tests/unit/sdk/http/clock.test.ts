import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../src/sdk/http/clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const day = 86_400_000;

it.each([25 * day, Infinity])(
  'sleeps for ever, told %d ms, until the signal wakes it',
  async (time) => {
    const controller = new AbortController();
    const awake = vi.fn();
    const sleep = systemClock.sleep(time, controller.signal).catch(awake);
    await vi.advanceTimersByTimeAsync(60 * day);
    expect(awake).not.toHaveBeenCalled();
    controller.abort('enough');
    await sleep;
    expect(awake).toHaveBeenCalledExactlyOnceWith('enough');
    expect(vi.getTimerCount()).toBe(0);
  },
);

it('sleeps as long as a timer of the platform can', async () => {
  const awake = vi.fn();
  const sleep = systemClock.sleep(24 * day).then(awake);
  await vi.advanceTimersByTimeAsync(24 * day - 1);
  expect(awake).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await sleep;
});
