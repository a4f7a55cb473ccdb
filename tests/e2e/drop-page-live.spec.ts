import path from 'node:path';
import { drop, linkOf, makeFiles, signIn, throttle } from './support/drop-page.ts';
import { expect, test } from './support/visitor.ts';

test('a visitor who opens the last of many files gets it next', async ({ page, server, owner }) => {
  const large = Object.fromEntries(
    [1, 2, 3, 4, 5].map((nth) => [`large ${nth}.bin`, Buffer.alloc(2_000_000, nth)]),
  );
  const folder = await makeFiles({ ...large, 'small.txt': 'wanted first' });
  await signIn(page, server.origin);
  const release = await throttle(page);
  const names = [...Object.keys(large), 'small.txt'];
  await drop(
    page,
    names.map((name) => path.join(folder, name)),
  );
  await expect(linkOf(page)).toBeVisible();
  const link = (await linkOf(page).getAttribute('href')) ?? '';
  const find = async () => owner.shares.get(link.split('/').at(-1) ?? '');
  const small = async () => (await find()).files.find(({ filename }) => filename === 'small.txt');
  // The page connects while other things go on: before that it hears of nobody.
  await expect.poll(async () => (await small())?.live).toBe(true);
  const wanted = await small();
  const answer = await fetch(wanted?.blobUrl() ?? '');
  expect(await answer.text()).toBe('wanted first');
  expect((await find()).files.filter(({ state }) => state !== 'uploaded')).toHaveLength(5);
  await release();
});
