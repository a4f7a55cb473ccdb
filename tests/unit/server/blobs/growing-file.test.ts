import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdtemp, open, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DirectBlocks } from '../../../../src/server/blobs/direct-blocks.ts';
import { GrowingFile } from '../../../../src/server/blobs/growing-file.ts';

const MIB = 1024 * 1024;

let folder: string;
let file: string;
let handle: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-growing-'));
  file = path.join(folder, 'file');
  handle = await open(file, 'wx+');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await handle.close().catch(() => undefined);
  await rm(folder, { recursive: true });
});

/** Goes through the page cache always, as on a disk that takes no other writes. */
function growingFile(): GrowingFile {
  const direct = new DirectBlocks();
  direct.refused();
  return new GrowingFile({ path: file, handle, size: 0, turn: { taken: false }, direct });
}

function failAtWrite(number: number): void {
  const write = handle.writev.bind(handle);
  let writes = 0;
  vi.spyOn(handle, 'writev').mockImplementation((buffers, position) =>
    ++writes === number
      ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      : write(buffers, position),
  );
}

test('bytes that fail in their second piece are sent again, and stand where they belong', async () => {
  const growing = growingFile();
  const bytes = randomBytes(12 * MIB);
  await growing.append([bytes.subarray(0, 6 * MIB)]);
  // The piece up to 8 MiB is written, the one after it is not.
  failAtWrite(2);
  await expect(growing.append([bytes.subarray(6 * MIB)])).rejects.toThrow('full');
  expect((await stat(file)).size).toBe(6 * MIB);
  await growing.sync();
  await growing.append([bytes.subarray(6 * MIB)]);
  await growing.sync();
  await growing.close();
  expect((await readFile(file)).equals(bytes)).toBe(true);
});

test('nothing more is taken when a piece too many cannot be dropped', async () => {
  const growing = growingFile();
  failAtWrite(2);
  vi.spyOn(handle, 'truncate').mockRejectedValue(new Error('read-only'));
  await expect(growing.append([Buffer.alloc(9 * MIB)])).rejects.toThrow('full');
  expect(growing.failed.aborted).toBe(true);
  await expect(growing.append([Buffer.alloc(1)])).rejects.toThrow('read-only');
  await expect(growing.sync()).rejects.toThrow('read-only');
});

test('a file that has lost its end is not taken for whole', async () => {
  const growing = growingFile();
  await growing.append([randomBytes(MIB)]);
  await growing.sync();
  await growing.checkSize(MIB);
  await truncate(file, MIB - 1);
  await expect(growing.checkSize(MIB)).rejects.toThrow('the file ends at 1048575, not at 1048576');
  await growing.close();
});

test('bytes at the change are all kept, although a reader comes while they are written', async () => {
  const growing = growingFile();
  const bytes = randomBytes(9 * MIB);
  await growing.append([bytes.subarray(0, 7 * MIB)]);
  const write = handle.writev.bind(handle);
  vi.spyOn(handle, 'writev').mockImplementation(async (buffers, position) => {
    await growing.read(Buffer.alloc(1), 0);
    return write(buffers, position);
  });
  await growing.append([bytes.subarray(7 * MIB)]);
  await growing.sync();
  await growing.close();
  expect((await readFile(file)).equals(bytes)).toBe(true);
});
