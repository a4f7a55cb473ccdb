import type { Page } from '@playwright/test';
import { GettClient } from '../../src/sdk/index.ts';
import { flaws, lettersThatStay } from './screens/layout.ts';
import { doubleText, mirror, singleText } from './screens/steps.ts';
import { drop, fillSignIn, linkOf, makeFiles } from './support/drop-page.ts';
import { drawPhoto } from './support/media.ts';
import { expect, put, SlowUpload, test } from './support/visitor.ts';

const MAHA = { email: 'maha@example.com', password: 'correct horse battery', name: 'مها (٢)' };
const ARABIC = 'محضر الاجتماع السنوي لجمعية السكان (٣).pdf';
const LONG = `${'a very long name '.repeat(12)}report.txt`;

/** Letters that are written from right to left, in a sentence that is not. */
const loose = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const look = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('body *, :host *')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (element.closest('bdi, [dir], .hidden')) continue;
        for (const { nodeType, textContent } of element.childNodes) {
          if (nodeType === Node.TEXT_NODE && /[\u0590-\u08ff]/.test(textContent ?? '')) {
            found.push(`<${element.tagName.toLowerCase()}> ${textContent}`);
          }
        }
      }
    };
    look(document);
    return found;
  });

/** As it is, with letters twice as large, and from right to left. */
async function hasRoom(page: Page, place: string): Promise<void> {
  for (const [width, height] of [
    [1280, 800],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect.soft(await flaws(page), `${place} at ${width}`).toEqual([]);
    const stay = await lettersThatStay(page, () => doubleText(page));
    expect.soft(stay, `${place}, letters that do not grow`).toEqual([]);
    expect.soft(await flaws(page), `${place} at ${width}, letters twice as large`).toEqual([]);
    await singleText(page);
    await mirror(page);
    expect.soft(await flaws(page), `${place} at ${width}, from right to left`).toEqual([]);
    await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  }
  expect.soft(await loose(page), place).toEqual([]);
}

test('no page runs out of room, and names keep their own direction', async ({ page, server }) => {
  test.setTimeout(180_000);
  await server.addUser(MAHA);
  const gett = new GettClient({ baseUrl: server.baseUrl });
  await gett.signIn(MAHA);
  const share = await gett.shares.create({ title: 'صيف (٢٠٢٥)' });
  const files = {
    picture: await put(share, 'بحيرة.png', await drawPhoto(400, 300)),
    text: await put(share, LONG, Buffer.from('مرحبا\nhello\n'.repeat(200))),
    other: await put(share, ARABIC, Buffer.from('x')),
    waiting: await share.createFile({ filename: 'لاحقا.mp4' }),
    running: await share.createFile({ filename: 'الآن.mp4' }),
  };
  const upload = new SlowUpload(files.running, Buffer.alloc(1_000_000));
  upload.begin(400_000);
  await expect.poll(async () => (await files.running.refresh()).state).toBe('uploading');
  const empty = await gett.shares.create({ title: ARABIC });
  const one = await gett.shares.create();
  await put(one, ARABIC, Buffer.from('x'));
  const removed = await gett.shares.create();
  await removed.destroy();
  const pages = { share, empty, one, removed, ...files };
  for (const [place, { url }] of Object.entries(pages)) {
    await page.goto(url);
    await hasRoom(page, place);
  }
  await page.goto(`${server.origin}/zzzzzz`);
  await hasRoom(page, 'nothing');
  upload.breakOff();

  await page.goto(server.origin);
  await expect(page.getByLabel('E-mail')).toBeVisible();
  await hasRoom(page, 'start');
  await fillSignIn(page, MAHA);
  const folder = await makeFiles({ [ARABIC]: 'x', [LONG]: 'y' });
  await drop(page, [`${folder}/${ARABIC}`, `${folder}/${LONG}`]);
  await expect(linkOf(page)).toBeVisible();
  await expect(page.getByText('Shared · 2 files')).toBeVisible();
  await page.getByText('2 files', { exact: true }).click();
  await hasRoom(page, 'at work');
});

test('who is signed out is not offered to sign out', async ({ page, server }) => {
  await page.goto(server.origin);
  await expect(page.getByLabel('E-mail')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden();
});
