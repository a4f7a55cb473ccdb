import { smallTargets } from './screens/targets.ts';
import { chooseFiles, fillSignIn } from './support/drop-page.ts';
import { drawPhoto } from './support/media.ts';
import { expect, put, test } from './support/visitor.ts';

/** Downloading, signing in, copying a link. */
const MAIN = '.button';

test('what can be clicked on the pages is large enough for fingers', async ({
  page,
  server,
  share,
  owner,
}) => {
  const picture = await put(share, 'lake.png', await drawPhoto(400, 300));
  await put(share, 'backup.bin', Buffer.from('x'));
  const empty = await owner.shares.create();
  await page.setViewportSize({ width: 360, height: 640 });
  const others = ['zzzzzz', 'account'].map((path) => `${server.origin}/${path}`);
  for (const url of [server.origin, share.url, picture.url, empty.url, ...others]) {
    await page.goto(url);
    expect(await smallTargets(page, MAIN), url).toEqual([]);
  }
  await page.goto(server.origin);
  await fillSignIn(page);
  await expect(chooseFiles(page)).toBeVisible();
  expect(await smallTargets(page, MAIN)).toEqual([]);
});
