/**
 * Takes the picture of the README from the real thing: `node scripts/pictures.mjs`. A popup with a
 * share on its way, beside the page that a visitor sees.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { runnerImport } from 'vite';
import { ensureBuilt } from './lib/builds.mjs';
import { at } from './lib/project.mjs';
import { main, say } from './lib/setup.mjs';

/** A name for the server that is short to read; the browser finds it by a switch. */
const HOST = 'share.lan';
const WIDTH = 1400;
const PICTURES = at('scripts/demo/pictures');

/** @param {Uint8Array} png */
const dataUrl = (png) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

/** @param {Uint8Array} popup @param {Uint8Array} page */
const composition = (popup, page) => `<!doctype html>
<style>
  body { margin: 0; padding: 48px; display: flex; gap: 40px; align-items: center; background: #e9efeb; }
  img { display: block; min-width: 0; border-radius: 12px; box-shadow: 0 1px 3px #0003, 0 12px 32px #1232; }
</style>
<img width="380" style="flex: none" src="${dataUrl(popup)}"><img src="${dataUrl(page)}">`;

/** A picture of the demo, so large that it is under way for a while. @param {string} folder */
async function largePicture(folder) {
  const file = path.join(folder, 'paper-city.png');
  await sharp(path.join(PICTURES, 'paper-city.png'))
    .resize(5000)
    .png({ compressionLevel: 0 })
    .toFile(file);
  return file;
}

await main(async () => {
  await ensureBuilt('server', 'extension');
  /** @typedef {typeof import('../tests/e2e/support/chromium.ts')} Chromium */
  /** @typedef {typeof import('../tests/e2e/support/slow-server.ts')} SlowServer */
  /** @typedef {typeof import('../tests/e2e/support/account.ts')} Account */
  const support = at('tests/e2e/support');
  const [{ module: chromium }, { module: slowServer }, { module: account }] = await Promise.all([
    /** @type {Promise<{ module: Chromium }>} */ (runnerImport(`${support}/chromium.ts`)),
    /** @type {Promise<{ module: SlowServer }>} */ (runnerImport(`${support}/slow-server.ts`)),
    /** @type {Promise<{ module: Account }>} */ (runnerImport(`${support}/account.ts`)),
  ]);
  const { uplink, stop } = await slowServer.startSlowServer(`http://${HOST}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-pictures-'));
  const extension = await chromium.ExtensionBrowser.make(path.join(folder, 'profile'));
  try {
    extension.grant({ active: [], onRequest: [`http://${HOST}/*`] });
    await extension.start(`--host-resolver-rules=MAP ${HOST} ${new URL(uplink.origin).host}`);

    const popup = await extension.open();
    await popup.setViewportSize({ width: 380, height: 560 });
    await account.signIn(popup, { origin: `http://${HOST}` });
    const recent = popup.getByRole('region', { name: 'Recent' });
    const chooser = popup.locator('input[type=file]');
    for (const name of ['lighthouse.webp', 'lake-at-dusk.jpg']) {
      await chooser.setInputFiles(path.join(PICTURES, name));
      await recent.getByText(name.slice(-8)).waitFor();
    }
    const link = await recent.getByRole('link').first().getAttribute('href');

    say('waiting for a share that is half way');
    uplink.pace(8_000_000);
    await chooser.setInputFiles(await largePicture(folder));
    await popup.waitForFunction(
      () => Number(document.querySelector('[role=progressbar]')?.ariaValueNow) > 50,
    );
    await popup.evaluate('document.activeElement.blur()');
    const popupPicture = await popup.locator('body').screenshot();

    const page = await extension.context.newPage();
    await page.setViewportSize({ width: 1180, height: 700 });
    await page.goto(link ?? '');
    await page.getByRole('img', { name: 'lake-at-dusk.jpg' }).waitFor();
    const pagePicture = await page.screenshot();

    // A page without a policy against data: addresses.
    const paper = await extension.context.newPage();
    await paper.setViewportSize({ width: WIDTH, height: 300 });
    await paper.setContent(composition(popupPicture, pagePicture));
    const picture = await paper.screenshot({ fullPage: true });
    await mkdir(at('docs/images'), { recursive: true });
    const small = await sharp(picture).png({ palette: true, effort: 10 }).toBuffer();
    await writeFile(at('docs/images/overview.png'), small);
    say(`docs/images/overview.png: ${Math.round(small.length / 1000)} kB`);
  } finally {
    await extension.close();
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
});
