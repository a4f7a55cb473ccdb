import { cp, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { EXTENSION } from '../../scripts/lib/extension.mjs';
import { at } from '../../scripts/lib/project.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { sources } from '../../scripts/lib/zip.mjs';

/** A project of its own: other tests read the build of this one, which a new build exchanges. */
let elsewhere: string;
let extension: string;
beforeAll(async () => {
  await ensureBuilt('extension');
  elsewhere = await mkdtemp(path.join(tmpdir(), 'gett-build-'));
  for (const name of await sources()) await cp(at(name), path.join(elsewhere, name));
  await symlink(at('node_modules'), path.join(elsewhere, 'node_modules'));
  extension = path.join(elsewhere, path.relative(at(), EXTENSION));
  await cp(EXTENSION, extension, { recursive: true });
}, 180_000);
afterAll(() => rm(elsewhere, { recursive: true, force: true }));

/** The files in the folder; `undefined` when it was exchanged while they were listed. */
async function listing(): Promise<string[] | undefined> {
  const inode = async () => (await stat(extension).catch(() => undefined))?.ino;
  const before = await inode();
  const names = await readdir(extension).catch(() => []);
  return before !== undefined && before === (await inode()) ? names : undefined;
}

test('a browser that runs the extension never meets half of a build', async () => {
  const whole = (await listing())?.filter((name) => name.includes('.'));
  expect(whole).toContain('manifest.json');
  const old = (await stat(extension)).ino;
  const done = new AbortController();
  const script = path.join(elsewhere, 'scripts/build.mjs');
  const built = run('node', [script, 'extension'], { quiet: true }).finally(() => done.abort());
  const met: string[][] = [];
  while (!done.signal.aborted) {
    const names = await listing();
    if (names && !whole?.every((name) => names.includes(name))) met.push(names);
  }
  await built;
  expect(met).toEqual([]);
  expect((await stat(extension)).ino).not.toBe(old);
}, 180_000);
