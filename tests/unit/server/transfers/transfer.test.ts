import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { Transfer } from '../../../../src/server/transfers/transfer.ts';

/** A file in memory that tells how often it was read, and when it was closed. */
class MemoryWriter {
  bytes = Buffer.alloc(0);
  reads = 0;
  closed = false;
  append(buffers: readonly Buffer[]) {
    this.bytes = Buffer.concat([this.bytes, ...buffers]);
    return Promise.resolve();
  }
  read(buffer: Buffer, position: number) {
    this.reads++;
    return Promise.resolve(this.bytes.copy(buffer, 0, position));
  }
  sync() {
    return Promise.resolve();
  }
  truncate(size: number) {
    this.bytes = this.bytes.subarray(0, size);
    return Promise.resolve();
  }
  publish() {
    return Promise.resolve();
  }
  close() {
    this.closed = true;
    return Promise.resolve();
  }
}

let writer: MemoryWriter;
let transfer: Transfer;
beforeEach(() => {
  writer = new MemoryWriter();
  transfer = new Transfer({
    shareId: 1,
    fileid: 0,
    blobId: 'ab',
    ownerId: 1,
    replacedSize: 0,
    granted: 0,
    writer,
    onChange: () => undefined,
  });
});
const append = (bytes: string) => transfer.append([Buffer.from(bytes)]);

test('a reader gets what was there before it and what comes later, from memory', async () => {
  await append('one ');
  const all = text(transfer.reader());
  await append('two ');
  await setImmediate();
  await append('three');
  transfer.settle();
  expect(await all).toBe('one two three');
  expect(writer.reads).toBe(0);
});

test('a reader that is far behind gets the beginning from the file', async () => {
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let i = 0; i < 4; i++) await append(megabyte);
  const all = text(transfer.reader());
  await append('end');
  transfer.settle();
  expect(await all).toBe(`${megabyte.repeat(4)}end`);
  expect(writer.reads).toBeGreaterThan(0);
});

test('thousands of tiny writes reach a reader in order', async () => {
  const all = text(transfer.reader());
  let expected = '';
  for (let i = 0; i < 3000; i++) {
    expected += `${i},`;
    await append(`${i},`);
  }
  transfer.settle();
  expect(await all).toBe(expected);
});

test('a reader that stands still neither holds up the upload nor other readers', async () => {
  const still = transfer.reader();
  const all = text(transfer.reader());
  for (let i = 0; i < 8; i++) await append('x'.repeat(1024 * 1024));
  transfer.settle();
  expect((await all).length).toBe(8 * 1024 * 1024);
  expect(await text(still)).toHaveLength(8 * 1024 * 1024);
});

test('when the upload breaks, readers fail instead of ending', async () => {
  await append('half');
  const all = text(transfer.reader());
  transfer.settle(new Error('the connection was lost'));
  await expect(all).rejects.toThrow('the connection was lost');
});

test('a range of what is there is read while the upload goes on', async () => {
  await append('0123456789');
  expect(await text(transfer.reader({ start: 2, end: 5 }))).toBe('2345');
});

test('the file is closed when the upload has ended and the last reader has left', async () => {
  await append('some');
  const readers = Array.from({ length: 10_000 }, () => transfer.reader());
  for (const reader of readers) reader.resume();
  transfer.settle();
  expect(writer.closed).toBe(false);
  await Promise.all(readers.map((reader) => new Promise((left) => reader.once('close', left))));
  expect(writer.closed).toBe(true);
});

test('a reader that leaves while it waits is forgotten', async () => {
  const readers = Array.from({ length: 10_000 }, () => transfer.reader());
  for (const reader of readers) {
    reader.resume();
    reader.destroy();
  }
  await setImmediate();
  await append('nobody reads this');
  transfer.settle();
  expect([writer.closed, writer.reads]).toEqual([true, 0]);
});
