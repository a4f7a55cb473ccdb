import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { newPerson, type Person } from '../support/gett-command.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type SlowProxy, startSlowProxy } from '../support/slow-proxy.ts';

/** Each test starts many programs, and a busy machine starts them slowly. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const PASSWORD = 'lovelace-1843';
const SIZE = 24 * 1024 * 1024;
const film = randomBytes(SIZE);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let proxy: SlowProxy;
let server: TestServer;
let ada: Person;

beforeAll(async () => {
  proxy = await startSlowProxy();
  server = await startServer({ args: ['--public-url', proxy.origin] });
  proxy.leadTo(server.origin);
  await server.addUser({ email: 'ada@example.org', password: PASSWORD, name: 'Ada' });
  ada = await newPerson();
  const args = ['login', 'ada@example.org', '--server', proxy.origin];
  await ada.gett(args, { input: `${PASSWORD}\n` });
  await writeFile(path.join(ada.folder, 'film.mkv'), film);
});
afterAll(async () => {
  await Promise.all([proxy.stop(), server.stop(), ada.leave()]);
});

/** How many bytes of a file the server has, as its owner is told. */
async function stored(link: string): Promise<number> {
  const { files } = await (await fetch(link.replace(/([^/]+)$/, '1/shares/$1'))).json();
  return files[0]?.size ?? 0;
}

describe('an upload that was stopped', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'by %s goes on under the same link when the same command is run again',
    async (signal) => {
      proxy.pace(4 * 1024 * 1024);
      const first = ada.start(['up', 'film.mkv', '--title', signal]);
      const link = await first.firstLine;
      const reader = (await fetch(link.replace(/([^/]+)$/, '1/files/$1/0/blob'))).body?.getReader();
      // A visitor has some of it, so the server has as much.
      for (let seen = 0; seen < 4 * 1024 * 1024; ) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error('the file ended too early');
        seen += value?.length ?? 0;
      }
      first.child.kill(signal);
      const { code, stderr } = await first.result;
      await reader?.cancel().catch(() => undefined);
      if (signal !== 'SIGKILL') {
        expect([code, stderr]).toEqual([130, expect.stringMatching(/same command again/)]);
      }

      proxy.pace(Number.POSITIVE_INFINITY);
      const second = await ada.gett(['up', 'film.mkv', '--title', signal, '--json']);
      const [announced, done] = second.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(announced).toMatchObject({ event: 'announced', link, resumed: true });
      expect(done).toMatchObject({ event: 'stored', size: SIZE });
      const bytes = await fetch(link.replace(/([^/]+)$/, '1/files/$1/0/blob'));
      expect(digest(new Uint8Array(await bytes.arrayBuffer()))).toBe(digest(film));
      // Nothing is left to go on with: the next one is a share of its own.
      expect(await readdir(path.join(ada.folder, '.data/gett/uploads'))).toEqual([]);
      expect(await stored(link)).toBe(SIZE);
    },
  );

  test('of a share for each file keeps what is stored, and sends only the others', async () => {
    await writeFile(path.join(ada.folder, 'notes.txt'), 'short notes');
    const command = ['up', '--each', 'notes.txt', 'film.mkv', '--json'];
    const links = (stdout: string) =>
      [...stdout.matchAll(/"announced","link":"([^"]+)/g)].map(([, link = '']) => link);
    const stopped = async () => {
      proxy.pace(1024 * 1024);
      const running = ada.start(command);
      const { child } = running;
      let said = '';
      child.stdout?.on('data', (text: string) => {
        said += text;
        if (said.includes('"stored"') && links(said).length === 2) child.kill('SIGINT');
      });
      const { code, stdout } = await running.result;
      proxy.pace(Number.POSITIVE_INFINITY);
      expect(code).toBe(130);
      return links(stdout);
    };

    const [notes = '', movie = ''] = await stopped();
    const asked = proxy.requests.length;
    const again = await ada.gett(command);
    expect([again.code, links(again.stdout)]).toEqual([0, [notes, movie]]);
    const sent = proxy.requests.slice(asked).filter((line) => /^(POST|PUT|PATCH)/.test(line));
    expect(sent.filter((line) => line.includes(notes.split('/').at(-1) ?? ''))).toEqual([]);
    expect(sent.filter((line) => line.includes('/shares/create'))).toEqual([]);
    expect((await ada.gett(['get', notes, '-o', '-'])).stdout).toBe('short notes');
    expect(await stored(movie)).toBe(SIZE);
    expect(await readdir(path.join(ada.folder, '.data/gett/uploads'))).toEqual([]);

    // Everything was stored, so these are new; and what is removed meanwhile is sent again.
    const [second = '', other = ''] = await stopped();
    expect([notes, movie]).not.toContain(second);
    expect((await ada.gett(['rm', `${second}/0`])).code).toBe(0);
    const [third = '', same] = links((await ada.gett(command)).stdout);
    expect([third === second, same]).toEqual([false, other]);
    expect((await ada.gett(['get', third, '-o', '-'])).stdout).toBe('short notes');
  });

  test('is readable by its owner only while it waits, because upload URLs are in it', async () => {
    proxy.pace(1024 * 1024);
    const running = ada.start(['up', 'film.mkv', '--title', 'Secret']);
    await running.firstLine;
    running.child.kill('SIGKILL');
    await running.result;
    const folder = path.join(ada.folder, '.data/gett/uploads');
    const [name = ''] = await readdir(folder);
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  });

  test('begins anew when its share was removed, or when the file is another one', async () => {
    proxy.pace(1024 * 1024);
    await writeFile(path.join(ada.folder, 'other.bin'), film);
    const running = ada.start(['up', 'other.bin']);
    const link = await running.firstLine;
    running.child.kill('SIGINT');
    await running.result;
    proxy.pace(Number.POSITIVE_INFINITY);
    expect((await ada.gett(['rm', link])).code).toBe(0);
    const again = await ada.gett(['up', 'other.bin']);
    expect([again.code, again.stdout.trim() === link]).toEqual([0, false]);

    proxy.pace(1024 * 1024);
    const third = ada.start(['up', 'other.bin']);
    const before = await third.firstLine;
    third.child.kill('SIGINT');
    await third.result;
    proxy.pace(Number.POSITIVE_INFINITY);
    await writeFile(path.join(ada.folder, 'other.bin'), 'changed');
    const changed = (await ada.gett(['up', 'other.bin'])).stdout.trim();
    expect(changed).not.toBe(before);
    expect((await ada.gett(['get', changed, '-o', '-'])).stdout).toBe('changed');
  });
});

describe('a download', () => {
  let cutting: CuttingProxy;
  let source: TestServer;
  let link: string;

  beforeAll(async () => {
    cutting = await startCuttingProxy();
    source = await startServer({ args: ['--public-url', cutting.origin] });
    cutting.leadTo(source.origin);
    await source.addUser({ email: 'ada@example.org', password: PASSWORD, name: 'Ada' });
    const args = ['login', 'ada@example.org', '--server', cutting.origin];
    await ada.gett(args, { input: `${PASSWORD}\n` });
    link = (await ada.gett(['up', 'film.mkv', '--title', 'Download'])).stdout.trim();
  });
  afterAll(async () => {
    await cutting.stop();
    await source.stop();
  });

  const fetchFilm = (target: string, ...more: string[]) =>
    ada.gett(['get', link, '-o', target, ...more]);

  test('that broke goes on where it ended, and has its name only when it is whole', async () => {
    cutting.cutAfter(SIZE / 2);
    const broken = await fetchFilm('copy.mkv');
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringMatching(/try again/i)]);
    const parts = (await readdir(ada.folder)).filter((name) => name.startsWith('copy.mkv'));
    expect(parts).toEqual([expect.stringMatching(/^copy\.mkv\.[0-9a-f]{8}\.part$/)]);
    const part = path.join(ada.folder, parts[0] ?? '');
    const { size } = await stat(part);
    expect(size).toBeGreaterThan(0);

    // A mark in what is there already: if it survives, these bytes were not fetched twice.
    const handle = await open(part, 'r+');
    await handle.write(Buffer.from('MARK'), 0, 4, 0);
    await handle.close();
    cutting.cutAfter(Number.POSITIVE_INFINITY);
    expect(await fetchFilm('copy.mkv')).toMatchObject({ code: 0, stdout: 'copy.mkv\n' });
    const copy = await readFile(path.join(ada.folder, 'copy.mkv'));
    expect(copy.subarray(0, 4).toString()).toBe('MARK');
    expect(digest(copy.subarray(4))).toBe(digest(film.subarray(4)));
    expect((await readdir(ada.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('never goes on with bytes of another content', async () => {
    cutting.cutAfter(SIZE / 2);
    expect((await fetchFilm('fresh.mkv')).code).toBe(1);
    cutting.cutAfter(Number.POSITIVE_INFINITY);
    const other = randomBytes(SIZE);
    await writeFile(path.join(ada.folder, 'film2.mkv'), other);
    const second = (await ada.gett(['up', 'film2.mkv'])).stdout.trim();
    await ada.gett(['get', second, '-o', 'fresh.mkv']);
    expect(digest(await readFile(path.join(ada.folder, 'fresh.mkv')))).toBe(digest(other));
  });

  test('of a file that is still on its way says so when no more of it comes', async () => {
    const upload = ada.start(['up', '-', '--name', 'log.txt']);
    const unfinished = await upload.firstLine;
    upload.write('x'.repeat(SIZE));
    // Before its first byte the file would be one that nobody sends.
    const shareUrl = `${source.origin}/1/shares${new URL(unfinished).pathname}`;
    await expect
      .poll(async () => (await (await fetch(shareUrl)).json()).files[0].readystate)
      .toBe('uploading');
    cutting.cutAfter(1000);
    const broken = await ada.gett(['get', unfinished, '-o', 'log.txt']);
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringContaining('log.txt is not stored whole yet'),
    ]);
    cutting.cutAfter(Number.POSITIVE_INFINITY);
    upload.end();
    await upload.result;
    expect((await ada.gett(['get', unfinished, '-o', 'log.txt'])).code).toBe(0);
    expect((await stat(path.join(ada.folder, 'log.txt'))).size).toBe(SIZE);
  });

  test('into a folder that is not there yet makes it', async () => {
    expect((await fetchFilm('new/films/')).stdout).toBe('new/films/film.mkv\n');
    expect((await fetchFilm('other/name.mkv')).stdout).toBe('other/name.mkv\n');
    expect((await stat(path.join(ada.folder, 'other/name.mkv'))).size).toBe(SIZE);
  });

  test('overwrites nothing unless it is told to', async () => {
    await writeFile(path.join(ada.folder, 'mine.txt'), 'mine');
    const refused = await fetchFilm('mine.txt');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--force')]);
    expect(await readFile(path.join(ada.folder, 'mine.txt'), 'utf8')).toBe('mine');
    expect((await fetchFilm('mine.txt', '--force')).code).toBe(0);
    expect((await stat(path.join(ada.folder, 'mine.txt'))).size).toBe(SIZE);
  });

  test('of a share with several files puts each beside the others, equal names apart', async () => {
    await writeFile(path.join(ada.folder, 'a.txt'), 'one');
    const both = (await ada.gett(['up', 'a.txt', 'a.txt'])).stdout.trim();
    const bob = await newPerson();
    const { code, stdout } = await bob.gett(['get', both]);
    expect([code, stdout]).toEqual([0, 'a.txt\na (2).txt\n']);
    expect(await readFile(path.join(bob.folder, 'a (2).txt'), 'utf8')).toBe('one');
    const many = await bob.gett(['get', both, '-o', '-']);
    expect([many.code, many.stderr]).toEqual([2, expect.stringContaining('name one')]);
    expect((await bob.gett(['get', both, '1', '-o', '-'])).stdout).toBe('one');
    await bob.leave();
  });
});
