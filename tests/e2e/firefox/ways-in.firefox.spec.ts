import { download } from '../support/account.ts';
import { expect, finished, linkOf, signIn, test } from '../support/firefox-test.ts';
import { startLinkedPictures } from '../support/linked-pictures.ts';

const SHARE = 'Share via Ge.tt';
const SHARE_LINKED = 'Share the linked image';

test('Firefox offers the linked picture where a link leads to one, once it may know', async ({
  firefox,
  slow: { server, uplink },
}) => {
  const site = await startLinkedPictures();
  const tab = await firefox.open('share.html');
  await signIn(tab, uplink.origin);
  const page = await firefox.newPage();
  // Another host than the server's, to which the sign-in has given access.
  await page.goto(site.origin.replace('127.0.0.1', 'localhost'));
  // Without access to the page it cannot tell where the link leads.
  expect(await firefox.offersOf(page, '#linked')).toEqual([SHARE]);
  await firefox.chooseFromMenu(page, '#leading', SHARE);
  const first = await linkOf(tab);
  await finished(tab);
  expect((await download(server, first)).equals(site.small)).toBe(true);

  await page.bringToFront();
  expect(await firefox.offersOf(page, '#linked')).toEqual([SHARE, SHARE_LINKED]);
  expect(await firefox.offersOf(page, '#leading')).toEqual([SHARE]);
  expect(await firefox.offersOf(page, '#text')).toEqual([]);
  await firefox.chooseFromMenu(page, '#linked', SHARE_LINKED);
  const row = await tab.waitForFunction(
    () =>
      [...document.querySelectorAll('li')]
        .find((item) => /large\.png.*(Done|just now)/s.test(item.textContent))
        ?.querySelector('a')?.href,
    // A page in the background draws no frames.
    { polling: 200 },
  );
  expect((await download(server, (await row.jsonValue())!)).equals(site.large)).toBe(true);
  site.stop();
});
