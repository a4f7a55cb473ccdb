import { describe, expect, it } from 'vitest';
import { SyncAhead, type SyncTurn } from '../../../../src/server/blobs/sync-ahead.ts';

const MIB = 1024 * 1024;

interface Sync {
  resolve(): void;
  reject(reason: unknown): void;
}

/** A file whose syncs end when the test says so: no real disk fails or waits when asked to. */
function slowFile() {
  const syncs: Sync[] = [];
  return {
    syncs,
    datasync: () =>
      new Promise<void>((resolve, reject) => {
        syncs.push({ resolve, reject });
      }),
  };
}

const free = (): SyncTurn => ({ taken: false });

/** Lets everything run that waits for nothing. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('bytes are made durable while more arrive', () => {
  it('begins with the first 8 MiB, and with the next when those are done', async () => {
    const file = slowFile();
    const ahead = new SyncAhead(file, 0, free());
    ahead.written(8 * MIB - 1);
    expect(file.syncs).toHaveLength(0);
    ahead.written(9 * MIB);
    ahead.written(30 * MIB);
    expect(file.syncs).toHaveLength(1);
    file.syncs[0]?.resolve();
    await settled();
    ahead.written(31 * MIB);
    expect(file.syncs).toHaveLength(2);
  });

  it('says that all is durable only after a sync that began after the last byte', async () => {
    const file = slowFile();
    const ahead = new SyncAhead(file, 0, free());
    ahead.written(9 * MIB);
    let finished = false;
    const finish = ahead.finish().then(() => {
      finished = true;
    });
    file.syncs[0]?.resolve();
    await settled();
    expect(file.syncs).toHaveLength(2);
    expect(finished).toBe(false);
    file.syncs[1]?.resolve();
    await finish;
  });

  it('never forgets a failure, although the system tells of it only once', async () => {
    const file = slowFile();
    const ahead = new SyncAhead(file, 0, free());
    ahead.written(9 * MIB);
    file.syncs[0]?.reject(new Error('EIO: i/o error, fdatasync'));
    await settled();
    const finish = ahead.finish();
    await settled();
    file.syncs[1]?.resolve();
    await expect(finish).rejects.toThrow('EIO');
  });

  it('lets one file of a store go ahead at a time, and others when it is done', async () => {
    const turn = free();
    const [first, second] = [slowFile(), slowFile()];
    new SyncAhead(first, 0, turn).written(9 * MIB);
    const later = new SyncAhead(second, 0, turn);
    later.written(9 * MIB);
    expect(second.syncs).toHaveLength(0);
    first.syncs[0]?.resolve();
    await settled();
    later.written(10 * MIB);
    expect(second.syncs).toHaveLength(1);
  });
});
