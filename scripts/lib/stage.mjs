/** The real product with a little life in it, for pictures: shares in the list, one on its way. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { runnerImport } from 'vite';
import { at } from './project.mjs';
import { say } from './setup.mjs';

/** A name for the server that is short to read; the browser finds it by a switch. */
const HOST = 'share.lan';
const PICTURES = at('scripts/demo/pictures');

/** A picture of the demo, so large that it is under way for a while. @param {string} folder */
async function largePicture(folder) {
  const file = path.join(folder, 'paper-city.png');
  await sharp(path.join(PICTURES, 'paper-city.png'))
    .resize(5000)
    .png({ compressionLevel: 0 })
    .toFile(file);
  return file;
}

/**
 * @param {(scene: {
 *   extension: import('../../tests/e2e/support/chromium.ts').ExtensionBrowser,
 *   popup: import('@playwright/test').Page,
 *   link: string,
 * }) => Promise<void>} show `link` is a share that is whole; the popup shows another half way
 */
export async function onStage(show) {
  /** @typedef {typeof import('../../tests/e2e/support/chromium.ts')} Chromium */
  /** @typedef {typeof import('../../tests/e2e/support/slow-server.ts')} SlowServer */
  /** @typedef {typeof import('../../tests/e2e/support/account.ts')} Account */
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
    const link = (await recent.getByRole('link').first().getAttribute('href')) ?? '';
    say('waiting for a share that is half way');
    uplink.pace(8_000_000);
    await chooser.setInputFiles(await largePicture(folder));
    await popup.waitForFunction(
      () => Number(document.querySelector('[role=progressbar]')?.ariaValueNow) > 50,
    );
    await popup.evaluate('document.activeElement.blur()');
    await show({ extension, popup, link });
  } finally {
    await extension.close();
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
}
