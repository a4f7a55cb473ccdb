import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DirectBlocks, type DirectTurn } from '../../../../src/server/blobs/direct-blocks.ts';
import { ALIGNMENT, DirectFile } from '../../../../src/server/blobs/direct-file.ts';
import { GrowingFile } from '../../../../src/server/blobs/growing-file.ts';

const MIB = 1024 * 1024;

let folder: string;
let file: string;
let plain: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-direct-'));
  file = path.join(folder, 'file');
  plain = await open(file, 'wx+');
});
afterEach(async () => {
  await plain.close().catch(() => undefined);
  await rm(folder, { recursive: true });
});

const memory = () => new WebAssembly.Memory({ initial: 1 }).buffer;
/** Three blocks of two pages. */
const blocks = (bytes = memory()) =>
  [0, 1, 2].map((index) => Buffer.from(bytes, index * 2 * ALIGNMENT, 2 * ALIGNMENT).fill('old'));

/** Where and how much is written, in order. */
function recorded(handle: Pick<FileHandle, 'write'>) {
  const writes: { position: number; length: number; aligned: boolean }[] = [];
  const write = (async (buffer: Buffer, offset: number, length: number, position: number) => {
    writes.push({ position, length, aligned: (buffer.byteOffset + offset) % ALIGNMENT === 0 });
    return handle.write(buffer, offset, length, position);
  }) as FileHandle['write'];
  return { writes, write };
}

function directFile(init: Partial<ConstructorParameters<typeof DirectFile>[0]> = {}) {
  const onRefused = () => expect.unreachable('refused');
  return new DirectFile({
    direct: plain,
    plain,
    blocks: blocks(),
    start: 0,
    onFailed: () => undefined,
    onRefused,
    ...init,
  });
}

describe('writing past the page cache', () => {
  it('writes whole pages of whole pages of memory, whatever comes', async () => {
    const { writes, write } = recorded(plain);
    const direct = directFile({ direct: { write } });
    const bytes = randomBytes(70_001);
    for (let at = 0; at < bytes.length; at += 1013) {
      await direct.append([bytes.subarray(at, at + 500), bytes.subarray(at + 500, at + 1013)]);
    }
    await direct.finish();
    expect(writes.length).toBeGreaterThan(8);
    for (const { position, length, aligned } of writes) {
      expect([position % ALIGNMENT, length % ALIGNMENT, aligned]).toEqual([0, 0, true]);
    }
    const stored = await readFile(file);
    expect(stored.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(stored.length % ALIGNMENT).toBe(0);
    // Nothing of whoever had the block before.
    expect(stored.subarray(bytes.length).every((byte) => byte === 0)).toBe(true);
  });

  it('gives what is not in the file yet, and says where that begins', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const write = (async (...args: Parameters<FileHandle['write']>) => {
      await held;
      return plain.write(...args);
    }) as FileHandle['write'];
    const direct = directFile({ direct: { write } });
    const bytes = randomBytes(5 * ALIGNMENT);
    await direct.append([bytes]);
    expect(direct.heldFrom).toBe(0);
    const target = Buffer.alloc(100);
    expect(direct.read(target, 2 * ALIGNMENT + 5)).toBe(100);
    expect(target.equals(bytes.subarray(2 * ALIGNMENT + 5, 2 * ALIGNMENT + 105))).toBe(true);
    expect(direct.read(target, bytes.length - 10)).toBe(10);
    release?.();
    await direct.finish();
    expect(direct.heldFrom).toBe(bytes.length);
    expect((await readFile(file)).subarray(0, bytes.length).equals(bytes)).toBe(true);
  });

  it('writes in the usual way where the file system refuses', async () => {
    let refused = 0;
    const direct = directFile({
      direct: {
        write: () => Promise.reject(Object.assign(new Error('no'), { code: 'EINVAL' })),
      },
      onRefused: () => {
        refused += 1;
      },
    });
    const bytes = randomBytes(50_000);
    await direct.append([bytes]);
    await direct.finish();
    expect(refused).toBe(1);
    expect((await readFile(file)).subarray(0, bytes.length).equals(bytes)).toBe(true);
  });

  it('never forgets that a block could not be written', async () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    const onFailed = vi.fn<(error: unknown) => void>();
    const direct = directFile({ direct: { write: () => Promise.reject(full) }, onFailed });
    await expect(direct.append([randomBytes(20 * ALIGNMENT)])).rejects.toBe(full);
    await expect(direct.append([randomBytes(10)])).rejects.toBe(full);
    await expect(direct.finish()).rejects.toBe(full);
    expect(onFailed.mock.calls).toEqual([[full]]);
  });
});

/** Real blocks, and how often they were taken and given back. */
class CountedBlocks extends DirectBlocks {
  taken = 0;
  given = 0;
  /** What a write of the file is done by, instead of the file itself. */
  write: FileHandle['write'] | undefined;

  override async take(place: string): Promise<DirectTurn | undefined> {
    const turn = await super.take(place);
    if (turn) this.taken += 1;
    if (turn && this.write) turn.handle.write = this.write;
    return turn;
  }

  override async give(turn: DirectTurn): Promise<void> {
    this.given += 1;
    await super.give(turn);
  }
}

const hasDirect = await (async () => {
  const place = path.join(tmpdir(), `gett-direct-${process.pid}`);
  try {
    const handle = await open(place, constants.O_CREAT | constants.O_WRONLY | constants.O_DIRECT);
    await handle.close();
    return true;
  } catch {
    return false;
  } finally {
    await rm(place, { force: true });
  }
})();

describe('a growing file', () => {
  // Bytes that come in no time are fast, whatever else the machine does.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function growing(direct: DirectBlocks = new CountedBlocks()) {
    return new GrowingFile({ path: file, handle: plain, size: 0, turn: { taken: false }, direct });
  }

  it.skipIf(!hasDirect)('goes past the page cache after 8 fast MiB', async () => {
    const direct = new CountedBlocks();
    const grown = growing(direct);
    const bytes = randomBytes(40 * MIB + 1234);
    await grown.append([bytes.subarray(0, 7 * MIB)]);
    expect(direct.taken).toBe(0);
    await grown.append([bytes.subarray(7 * MIB)]);
    expect(direct.taken).toBe(1);
    await grown.sync();
    expect(direct.given).toBe(1);
    expect((await readFile(file)).equals(bytes)).toBe(true);
    await grown.close();
  });

  it.skipIf(!hasDirect)('stays in the cache for whoever reads what has gone by', async () => {
    const direct = new CountedBlocks();
    const grown = growing(direct);
    const bytes = randomBytes(60 * MIB);
    await grown.append([bytes.subarray(0, 30 * MIB)]);
    const late = Buffer.alloc(MIB);
    expect(await grown.read(late, 12 * MIB + 7)).toBeGreaterThan(0);
    await grown.append([bytes.subarray(30 * MIB)]);
    expect([direct.taken, direct.given]).toEqual([1, 1]);
    await grown.sync();
    expect((await readFile(file)).equals(bytes)).toBe(true);
    await grown.close();
  });

  it.skipIf(!hasDirect)('never counts as durable again once bytes were lost', async () => {
    const direct = new CountedBlocks();
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    direct.write = () => Promise.reject(full);
    const grown = growing(direct);
    await expect(
      grown.append([randomBytes(40 * MIB)]).then(() => grown.append([randomBytes(MIB)])),
    ).rejects.toBe(full);
    expect(grown.failed.reason).toBe(full);
    await expect(grown.sync()).rejects.toBe(full);
    await expect(grown.sync()).rejects.toBe(full);
    await expect(grown.append([randomBytes(1)])).rejects.toBe(full);
    await grown.close();
  });

  it('is what came, however it came, was read, made durable and cut', async () => {
    const grown = growing();
    const source = randomBytes(120 * MIB);
    let end = 0;
    let seed = 20_261_127;
    /** The same steps in each run. */
    const upTo = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % most;
    };
    const look = async (position: number) => {
      const target = Buffer.alloc(200_000);
      const read = await grown.read(target, position);
      expect(read).toBeGreaterThan(0);
      const expected = source.subarray(position, position + read);
      expect(target.subarray(0, read).equals(expected)).toBe(true);
    };
    while (end < source.length) {
      const next = Math.min(source.length, end + 1 + upTo(5 * MIB));
      const middle = end + upTo(next - end);
      const appended = grown.append([source.subarray(end, middle), source.subarray(middle, next)]);
      const chance = upTo(100);
      if (chance < 10) await Promise.all([appended, grown.sync()]);
      await appended;
      end = next;
      if (chance >= 95) await look(upTo(end));
      if (chance > 50 && chance < 54) {
        end -= upTo(Math.min(end, 3 * MIB));
        await grown.truncate(end);
      }
    }
    await grown.sync();
    expect((await readFile(file)).equals(source)).toBe(true);
    await grown.close();
  });
});
