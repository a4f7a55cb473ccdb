import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at, manifest } from '../../scripts/lib/project.mjs';
import { sources, writeZip } from '../../scripts/lib/zip.mjs';
import { unpack } from '../support/unpack.ts';

const run = promisify(execFile);

/** What a store's reviewer does: unpack the sources elsewhere and build the add-on from them. */
describe('what the stores are given', () => {
  let folder: string;
  let elsewhere: string;
  let version: string;

  const contents = async (file: string) =>
    new Map(
      (await unpack(await readFile(file))).map(({ entry, bytes }) => [entry.fileName, bytes]),
    );

  beforeAll(async () => {
    await ensureBuilt('extension', 'extension-firefox');
    ({ version } = await manifest());
    folder = await mkdtemp(path.join(tmpdir(), 'gett-store-'));
    elsewhere = path.join(folder, 'a folder of somebody else');
    const archive = path.join(folder, 'sources.zip');
    await writeZip(archive, at(), await sources());
    for (const [name, bytes] of await contents(archive)) {
      await mkdir(path.dirname(path.join(elsewhere, name)), { recursive: true });
      await writeFile(path.join(elsewhere, name), bytes);
    }
    await symlink(at('node_modules'), path.join(elsewhere, 'node_modules'));
    await run('node', ['scripts/package.mjs'], { cwd: elsewhere });
  }, 180_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('can be made again from the sources alone, byte for byte', async () => {
    for (const browser of ['chrome', 'firefox']) {
      const ours = path.join(folder, `${browser}.zip`);
      await writeZip(ours, at('.output', `${browser}-mv3`));
      const theirs = path.join(elsewhere, `dist/store/gett-share-${version}-${browser}.zip`);
      const [expected, made] = [await contents(ours), await contents(theirs)];
      expect([...made.keys()]).toEqual([...expected.keys()]);
      const different = [...made].filter(([name, bytes]) => !expected.get(name)?.equals(bytes));
      expect(different.map(([name]) => name)).toEqual([]);
      expect((await readFile(theirs)).equals(await readFile(ours))).toBe(true);
    }
  });

  it('holds no path of the machine that made it', async () => {
    for (const file of await readdir(path.join(elsewhere, 'dist/store'))) {
      for (const [name, bytes] of await contents(path.join(elsewhere, 'dist/store', file))) {
        expect(bytes.includes(elsewhere), name).toBe(false);
        expect(bytes.includes(at()), name).toBe(false);
      }
    }
  });

  it('has an icon of every size, drawn at that size', async () => {
    for (const browser of ['chrome', 'firefox']) {
      const root = at('.output', `${browser}-mv3`);
      const { icons } = JSON.parse(await readFile(path.join(root, 'manifest.json'), 'utf8'));
      expect(Object.keys(icons)).toEqual(expect.arrayContaining(['16', '32', '48', '96', '128']));
      for (const [size, file] of Object.entries<string>(icons)) {
        const { width, height, hasAlpha } = await sharp(path.join(root, file)).metadata();
        expect({ width, height, hasAlpha }).toEqual({
          width: +size,
          height: +size,
          hasAlpha: true,
        });
      }
    }
  });
});
