import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMetadata } from '../../../../src/server/metadata/open.ts';

test('a server begins the log anew: what a dead one has left in it may not be durable', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-open-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [data, left] = [path.join(folder, 'data'), path.join(folder, 'left')];
  await cp(await running(data), left, { recursive: true });
  expect((await stat(path.join(left, 'meta.db-wal'))).size).toBeGreaterThan(0);

  const store = await openMetadata(left, { locked: true });
  expect((await stat(path.join(left, 'meta.db-wal'))).size).toBe(0);
  expect((await store.accounts.apps()).map(({ name }) => name)).toEqual(['Camera']);
  await store.close();
});

/** A data folder that is open until the test has ended. */
async function running(folder: string): Promise<string> {
  await mkdir(folder);
  const store = await openMetadata(folder, { locked: false });
  onTestFinished(() => store.close());
  await store.accounts.addApp('Camera', 'hash');
  return folder;
}
