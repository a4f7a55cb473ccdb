import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRemovals, UNDO_TIME } from '../../../../src/extension/background/removals.ts';
import type { Removal } from '../../../../src/extension/background/view-state.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const share = { key: 'one', kind: 'share', label: 'cat.jpg' } as const;

async function setUp(kept?: Removal[]) {
  let memory = kept;
  const carryOut = vi.fn(async () => undefined);
  const open = () =>
    openRemovals({
      memory: {
        get: async () => memory,
        set: async (next) => {
          memory = next;
        },
      },
      carryOut,
      changed: vi.fn(),
    });
  return { removals: await open(), open, carryOut, memory: () => memory };
}

describe('a removal', () => {
  it('is carried out when the time to undo it is over', async () => {
    const { removals, carryOut, memory } = await setUp();
    await removals.add(share);
    await vi.advanceTimersByTimeAsync(UNDO_TIME - 1);
    expect(carryOut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(carryOut).toHaveBeenCalledWith(expect.objectContaining(share));
    expect(memory()).toEqual([]);
  });

  it('is never carried out once it was undone', async () => {
    const { removals, carryOut } = await setUp();
    await removals.add(share);
    await removals.undo('one');
    await vi.advanceTimersByTimeAsync(UNDO_TIME * 2);
    expect(carryOut).not.toHaveBeenCalled();
    expect(removals.list()).toEqual([]);
  });

  it('is carried out by the next run when the background was stopped meanwhile', async () => {
    const { removals, open, carryOut } = await setUp();
    await removals.add(share);
    vi.clearAllTimers();
    vi.setSystemTime(Date.now() + UNDO_TIME * 10);
    const next = await open();
    next.recover();
    await vi.advanceTimersByTimeAsync(0);
    expect(carryOut).toHaveBeenCalledOnce();
  });

  it('brings back what it hid when it fails', async () => {
    const { removals, carryOut } = await setUp();
    carryOut.mockRejectedValue(new Error('no network'));
    await removals.add(share);
    await vi.advanceTimersByTimeAsync(UNDO_TIME);
    expect(removals.list()).toEqual([]);
  });
});
