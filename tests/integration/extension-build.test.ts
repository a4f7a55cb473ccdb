import { readdir, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { EXTENSION } from '../../scripts/lib/extension.mjs';
import { run } from '../../scripts/lib/run.mjs';

/** The files in the folder; `undefined` when it was exchanged while they were listed. */
async function listing(): Promise<string[] | undefined> {
  const inode = async () => (await stat(EXTENSION).catch(() => undefined))?.ino;
  const before = await inode();
  const names = await readdir(EXTENSION).catch(() => []);
  return before !== undefined && before === (await inode()) ? names : undefined;
}

test('a browser that runs the extension never meets half of a build', async () => {
  await ensureBuilt('extension');
  const whole = (await listing())?.filter((name) => name.includes('.'));
  expect(whole).toContain('manifest.json');
  const done = new AbortController();
  const built = run('node', ['scripts/build.mjs', 'extension'], { quiet: true }).finally(() =>
    done.abort(),
  );
  while (!done.signal.aborted) {
    const names = await listing();
    if (names) expect(names).toEqual(expect.arrayContaining(whole ?? []));
  }
  await built;
}, 180_000);
