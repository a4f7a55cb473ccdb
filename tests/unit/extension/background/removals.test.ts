import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  openRemovals,
  type RemovalRecord,
  type RemovalsOptions,
  UNDO_TIME,
} from '../../../../src/extension/background/removals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const share = { key: 'one', kind: 'share', label: 'cat.jpg' } as const;

async function setUp() {
  let memory: RemovalRecord[] | undefined;
  const carryOut = vi.fn<RemovalsOptions['carryOut']>(async () => []);
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
    expect(removals.pending()).toEqual([]);
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

  it('brings back what it hid, with the reason, when it is refused', async () => {
    const { removals, carryOut, open } = await setUp();
    const refused = { sharename: 'one', problem: 'network' } as const;
    carryOut.mockResolvedValue([refused]);
    await removals.add(share);
    await vi.advanceTimersByTimeAsync(UNDO_TIME);
    expect(removals.pending()).toEqual([]);
    expect(removals.refused()).toEqual([refused]);
    expect((await open()).refused()).toEqual([refused]);
    // Trying again begins anew.
    await removals.add(share);
    expect(removals.refused()).toEqual([]);
  });

  it('forgets the reason when the user keeps what was refused', async () => {
    const { removals, carryOut } = await setUp();
    carryOut.mockResolvedValue([{ sharename: 'one', problem: 'refused' }]);
    await removals.add(share);
    await vi.advanceTimersByTimeAsync(UNDO_TIME);
    expect(await removals.undo('one')).toBeUndefined();
    expect(removals.refused()).toEqual([]);
  });

  it('waits for as long as somebody holds it, and the whole time after that', async () => {
    const { removals, carryOut } = await setUp();
    await removals.add(share);
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(UNDO_TIME - 1);
      await removals.hold('one');
    }
    expect(carryOut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(UNDO_TIME - 1);
    expect(carryOut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(carryOut).toHaveBeenCalledOnce();
  });

  it('cannot be undone any more while it is being carried out', async () => {
    const { removals, carryOut } = await setUp();
    let finish = (): void => undefined;
    carryOut.mockReturnValue(new Promise((resolve) => (finish = () => resolve([]))));
    await removals.add(share);
    await vi.advanceTimersByTimeAsync(UNDO_TIME);
    expect(await removals.undo('one')).toBeUndefined();
    expect(removals.pending()).toHaveLength(1);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(removals.pending()).toEqual([]);
  });
});
