import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type ArchiveEntry, createArchive } from '../../../../src/server/zip/archive.ts';
import { unpack } from '../../../support/unpack.ts';

const modified = new Date('2025-06-01T12:30:00Z');

const entry = (name: string, bytes: Buffer): ArchiveEntry => ({
  name,
  size: bytes.length,
  modified,
  open: async () => Readable.from(bytes.length > 0 ? [bytes] : []),
});

describe('an archive', () => {
  it('gives every file back byte for byte, and its length is known beforehand', async () => {
    const picture = Buffer.alloc(300_000, 'x7');
    const { stream, length } = createArchive([
      entry('größe 😀.png', picture),
      entry('empty.txt', Buffer.alloc(0)),
      entry('größe 😀.png', Buffer.from('another')),
    ]);
    const archive = await buffer(stream);
    expect(archive.length).toBe(length);
    const files = await unpack(archive);
    expect(files.map(({ entry, bytes }) => [entry.fileName, bytes.toString('latin1')])).toEqual([
      ['größe 😀.png', picture.toString('latin1')],
      ['empty.txt', ''],
      ['größe 😀 (2).png', 'another'],
    ]);
    expect(files[0]?.entry.compressionMethod).toBe(0);
    expect(files[0]?.entry.isEncrypted()).toBe(false);
  });

  it('knows its length with so many files that the directory passes 64 KiB', async () => {
    const entries = Array.from({ length: 1200 }, (_, i) => entry(`${i}.txt`, Buffer.from('.')));
    const { stream, length } = createArchive(entries);
    const archive = await buffer(stream);
    expect(archive.length).toBe(length);
    expect(await unpack(archive)).toHaveLength(1200);
  });

  it('may be empty', async () => {
    const { stream, length } = createArchive([]);
    const archive = await buffer(stream);
    expect(archive.length).toBe(length);
    expect(await unpack(archive)).toEqual([]);
  });

  it('uses ZIP64 for a file of 5 GB', () => {
    const size = 5_000_000_000;
    const open = () => new Promise<Readable>(() => undefined);
    const { stream, length } = createArchive([{ name: 'film.mp4', size, modified, open }]);
    stream.destroy();
    const name = 'film.mp4'.length;
    const zip64 = { descriptor: 24, extra: 28, end: 56 + 20 };
    expect(length).toBe(
      30 + name + size + zip64.descriptor + 46 + name + 9 + zip64.extra + zip64.end + 22,
    );
  });

  it('opens a file only when its turn comes', async () => {
    const opened: string[] = [];
    const chunks = Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024));
    const noting = (name: string): ArchiveEntry => ({
      ...entry(name, Buffer.concat(chunks)),
      open: async () => {
        opened.push(name);
        return Readable.from(chunks);
      },
    });
    const { stream } = createArchive([noting('a'), noting('b')]);
    await once(stream, 'readable');
    expect(opened).toEqual(['a']);
    await buffer(stream);
    expect(opened).toEqual(['a', 'b']);
  });

  it.each<[string, () => Promise<Readable>]>([
    ['cannot be opened', () => Promise.reject(new Error('it is gone'))],
    ['cannot be read to its end', async () => Readable.from(breaksAfter(1))],
    ['closes without a word', async () => Readable.from([Buffer.from('1')]).destroy()],
    ['turns out shorter', async () => Readable.from([Buffer.from('1')])],
  ])('breaks, and does not look complete, when a file %s', async (_why, open) => {
    const { stream } = createArchive([
      entry('good', Buffer.from('fine')),
      { name: 'bad', size: 1_000_000, modified, open },
      entry('never', Buffer.from('reached')),
    ]);
    await expect(buffer(stream)).rejects.toThrow();
    expect(stream.readableEnded).toBe(false);
  });

  it('lets go of the file it is reading when the visitor leaves', async () => {
    const source = new Readable({ read: () => undefined });
    const { stream } = createArchive([
      { name: 'slow', size: 1_000_000, modified, open: async () => source },
    ]);
    source.push(Buffer.alloc(10));
    await once(stream, 'readable');
    const closed = once(source, 'close');
    stream.destroy();
    await closed;
  });

  it('lets go of a file that opens after the visitor has left', async () => {
    const source = new Readable({ read: () => undefined });
    let resolve: (source: Readable) => void = () => undefined;
    const opening = new Promise<Readable>((done) => {
      resolve = done;
    });
    const { stream } = createArchive([{ name: 'late', size: 10, modified, open: () => opening }]);
    stream.destroy();
    await once(stream, 'close');
    const closed = once(source, 'close');
    resolve(source);
    await closed;
  });
});

function* breaksAfter(chunks: number) {
  for (let i = 0; i < chunks; i++) yield Buffer.alloc(10);
  throw new Error('the disk has failed');
}
