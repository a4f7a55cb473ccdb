import { describe, expect, it } from 'vitest';
import { SharedSync } from '../../../src/server/shared-sync.ts';

/** A sync whose runs the test ends one by one. */
function scripted() {
  const runs: Run[] = [];
  const shared = new SharedSync(
    () => new Promise<void>((resolve, reject) => runs.push({ resolve, reject })),
  );
  return { shared, runs };
}

interface Run {
  resolve: () => void;
  reject: (error: Error) => void;
}

describe('a shared sync', () => {
  it('serves all who come while one is running with one more', async () => {
    const { shared, runs } = scripted();
    const first = shared.done();
    const late = [shared.done(), shared.done(), shared.done()];
    let served = 0;
    for (const wait of late) void wait.then(() => served++);
    runs[0]?.resolve();
    await first;
    await expect.poll(() => runs.length).toBe(2);
    expect(served).toBe(0);
    runs[1]?.resolve();
    await Promise.all(late);
    expect(runs).toHaveLength(2);
  });

  it('fails for those it was run for, and works again for who comes next', async () => {
    const { shared, runs } = scripted();
    const failing = shared.done();
    runs[0]?.reject(new Error('EIO'));
    await expect(failing).rejects.toThrow('EIO');
    const next = shared.done();
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.resolve();
    await expect(next).resolves.toBeUndefined();
  });
});
