import { AxeBuilder } from '@axe-core/playwright';
import type { GettClient, Share } from '../../src/sdk/index.ts';
import { forcedColourFlaws } from './support/forced-colours.ts';
import { drawPhoto } from './support/media.ts';
import { expect, put, SlowUpload, test } from './support/visitor.ts';

interface World {
  origin: string;
  share: Share;
  owner: GettClient;
  /** To be broken off after the look. */
  uploads: SlowUpload[];
}

const LONG = `${'a very long name '.repeat(12)}report.txt`;

/** Makes each kind of page, and gives its address. */
const PAGES: Record<string, (world: World) => Promise<string>> = {
  'the start page': async ({ origin }) => origin,
  'a picture': async ({ share }) => (await put(share, 'lake.png', await drawPhoto(400, 300))).url,
  'a text with a long name': async ({ share }) =>
    (await put(share, LONG, Buffer.from('hello\n'.repeat(200)))).url,
  'a file without preview': async ({ share }) =>
    (await put(share, 'backup.bin', Buffer.from('x'))).url,
  'a file that has not begun': async ({ share }) =>
    (await share.createFile({ filename: 'later.mp4' })).url,
  'a file on its way': async ({ share, uploads }) => {
    const file = await share.createFile({ filename: 'now.mp4' });
    const upload = new SlowUpload(file, Buffer.alloc(1_000_000));
    uploads.push(upload);
    upload.begin(400_000);
    await expect.poll(async () => (await file.refresh()).state).toBe('uploading');
    return file.url;
  },
  'a share': async ({ share }) => {
    await put(share, 'lake.png', await drawPhoto(400, 300));
    await put(share, LONG, Buffer.from('hello'));
    await share.createFile({ filename: 'later.mp4' });
    return share.url;
  },
  'an empty share': async ({ owner }) => (await owner.shares.create()).url,
  'a share that was removed': async ({ owner }) => {
    const share = await owner.shares.create();
    await share.destroy();
    return share.url;
  },
  'how accounts come about': async ({ origin }) => `${origin}/account`,
  'an address of nothing': async ({ origin }) => `${origin}/zzzzzz`,
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });
    for (const [name, make] of Object.entries(PAGES)) {
      test(`${name} is accessible, down to 320 pixels`, async ({ page, share, server, owner }) => {
        const errors: string[] = [];
        page.on('console', (message) => {
          if (message.text().includes('Content Security Policy')) errors.push(message.text());
        });
        page.on('pageerror', (error) => errors.push(error.message));
        await page.setViewportSize({ width: 1280, height: 800 });
        const uploads: SlowUpload[] = [];
        await page.goto(await make({ origin: server.origin, share, owner, uploads }));
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
        await page.emulateMedia({ forcedColors: 'active' });
        expect(await forcedColourFlaws(page), 'in forced colours').toEqual([]);
        for (const upload of uploads) upload.breakOff();
        expect(errors).toEqual([]);
      });
    }
  });
}
