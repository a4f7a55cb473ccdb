import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ArchiveEntry, createArchive } from '../../../../src/server/zip/archive.ts';

const run = promisify(execFile);
const MODIFIED = new Date('2026-03-04T05:06:08Z');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (name: string, content: string | Buffer): ArchiveEntry => {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, modified: MODIFIED, open: async () => Readable.from([bytes]) };
};

/** What the usual program makes of an archive: its files by name. */
async function unzip(archive: Buffer): Promise<Map<string, Buffer>> {
  const file = path.join(folder, 'archive.zip');
  const target = path.join(folder, 'out');
  await writeFile(file, archive);
  await run('unzip', ['-t', file]);
  await run('unzip', ['-q', file, '-d', target], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const names = await readdir(target, { recursive: true });
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(target, name))] as const),
    ),
  );
}

describe('an archive', () => {
  test('holds the bytes of every file under its name, and is as long as promised', async () => {
    const { stream, length } = createArchive([
      entry('hello.txt', 'hello'),
      entry('été 写真 🏔.bin', Buffer.alloc(300_000, 7)),
      entry('empty', ''),
    ]);
    const archive = await buffer(stream);
    expect(length).toBe(archive.length);
    const files = await unzip(archive);
    expect([...files.keys()].sort()).toEqual(['empty', 'hello.txt', 'été 写真 🏔.bin']);
    expect(files.get('hello.txt')?.toString()).toBe('hello');
    expect(files.get('été 写真 🏔.bin')).toEqual(Buffer.alloc(300_000, 7));
    expect(files.get('empty')).toHaveLength(0);
  });

  test('has the promised length however many files are in it', async () => {
    const { stream, length } = createArchive(
      Array.from({ length: 1200 }, (_, index) => entry(`picture-of-a-long-day-${index}.jpg`, 'x')),
    );
    const archive = await buffer(stream);
    expect(length).toBe(archive.length);
    expect(await unzip(archive)).toHaveLength(1200);
  });

  test('promises a length in the large format when files pass 4 GiB', () => {
    const huge = (name: string): ArchiveEntry => ({
      name,
      size: 5 * 2 ** 30,
      modified: MODIFIED,
      open: () => new Promise(() => undefined),
    });
    const { stream, length } = createArchive([huge('a'), huge('b')]);
    stream.destroy();
    // Two local headers (30 + name), 64-bit descriptors (24), directory records (46 + name + 9 + 28)
    // and the three end records of the large format.
    expect(length).toBe(2 * (30 + 1 + 5 * 2 ** 30 + 24 + 46 + 1 + 9 + 28) + 56 + 20 + 22);
  });

  test('opens a file only when its turn has come', async () => {
    const opened: string[] = [];
    const watched = (name: string): ArchiveEntry => {
      const size = 2 ** 20;
      const open = async () => {
        opened.push(name);
        return Readable.from(Array.from({ length: 16 }, () => Buffer.alloc(size / 16)));
      };
      return { name, size, modified: MODIFIED, open };
    };
    const { stream } = createArchive(['a', 'b', 'c'].map(watched));
    await new Promise((resolve) => stream.once('readable', resolve));
    expect(opened).toEqual(['a']);
    await buffer(stream);
    expect(opened).toEqual(['a', 'b', 'c']);
  });
});

describe('names', () => {
  test('that occur twice get a number, also where only capitals differ', async () => {
    const names = ['a.txt', 'a.txt', 'A.TXT', 'a (2).txt', 'noext', 'noext', '.env', '.env'];
    const files = await unzip(
      await buffer(createArchive(names.map((name, i) => entry(name, String(i)))).stream),
    );
    expect(Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString()]))).toEqual(
      {
        'a.txt': '0',
        'a (2).txt': '1',
        'A (3).TXT': '2',
        'a (2) (2).txt': '3',
        noext: '4',
        'noext (2)': '5',
        '.env': '6',
        '.env (2)': '7',
      },
    );
  });

  test('never lead out of the folder', async () => {
    const names = ['../../etc/passwd', '/abs', 'C:\\evil', '..', '.', 'a\0b'];
    const files = await unzip(
      await buffer(createArchive(names.map((name) => entry(name, name))).stream),
    );
    expect([...files.keys()].sort()).toEqual(
      ['.._.._etc_passwd', '_abs', 'C__evil', '_', '_ (2)', 'a_b'].sort(),
    );
  });
});

describe('what goes wrong breaks the archive off', () => {
  const failing = (open: ArchiveEntry['open']) =>
    createArchive([entry('ok', 'ok'), { name: 'bad', size: 9, modified: MODIFIED, open }]).stream;

  test.each<[string, ArchiveEntry['open'], string]>([
    ['a file that cannot be opened', () => Promise.reject(new Error('gone')), 'gone'],
    [
      'a read error in the middle',
      async () =>
        Readable.from(
          (async function* () {
            yield Buffer.from('half');
            throw new Error('disk failed');
          })(),
        ),
      'disk failed',
    ],
    [
      'a file shorter than it was',
      async () => Readable.from([Buffer.from('short')]),
      'unexpected number',
    ],
    [
      'a source that is torn away',
      async () => {
        const source = new Readable({ read: () => undefined });
        setImmediate(() => source.destroy());
        return source;
      },
      'Premature close',
    ],
  ])('%s', async (_, open, message) => {
    await expect(buffer(failing(open))).rejects.toThrow(message);
  });

  test('a reader who leaves closes the file that was being read', async () => {
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(65_536));
      },
    });
    const { stream } = createArchive([
      { name: 'a', size: 2 ** 40, modified: MODIFIED, open: async () => endless },
    ]);
    const closed = new Promise((resolve) => endless.once('close', resolve));
    stream.once('data', () => stream.destroy());
    await closed;
    expect(endless.destroyed).toBe(true);
  });
});
