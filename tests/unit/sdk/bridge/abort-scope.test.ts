import { describe, expect, it, vi } from 'vitest';
import { abortScope } from '../../../../src/sdk/bridge/abort-scope.ts';

describe('an abort scope', () => {
  it('ends with the caller’s signal, before or after it began', () => {
    const caller = new AbortController();
    const { signal } = abortScope(caller.signal);
    expect(signal.aborted).toBe(false);
    caller.abort('enough');
    expect(signal.reason).toBe('enough');
    expect(abortScope(caller.signal).signal.reason).toBe('enough');
  });

  it('ends when its time is over, and not when that is longer than timers count', () => {
    vi.useFakeTimers();
    try {
      const short = abortScope(undefined, 1000);
      const long = abortScope(undefined, 2 ** 40);
      vi.advanceTimersByTime(1000);
      expect(short.signal.reason).toMatchObject({ name: 'TimeoutError' });
      expect(long.signal.aborted).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets go of signal and timer when the work is over', () => {
    vi.useFakeTimers();
    try {
      const caller = new AbortController();
      const scope = abortScope(caller.signal, 1000);
      scope.release();
      caller.abort();
      expect(vi.getTimerCount()).toBe(0);
      expect(scope.signal.aborted).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
