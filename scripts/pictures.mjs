/**
 * Takes the pictures of the README and of the stores' listings from the real thing:
 * `npm run pictures`. Stores want 1280 × 800 pixels.
 * https://developer.chrome.com/docs/webstore/images
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { ensureBuilt } from './lib/builds.mjs';
import { at } from './lib/project.mjs';
import { ensureChromium, ensureDependencies, main, say } from './lib/setup.mjs';
import { onStage } from './lib/stage.mjs';

/** @param {Uint8Array} png */
const dataUrl = (png) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

/** @param {Uint8Array} popup @param {Uint8Array} page */
const sideBySide = (popup, page) => `<!doctype html>
<style>
  body { box-sizing: border-box; min-height: 100vh; margin: 0; padding: 48px; display: flex; gap: 40px; align-items: center; background: #e9efeb; }
  img { display: block; min-width: 0; border-radius: 12px; box-shadow: 0 1px 3px #0003, 0 12px 32px #1232; }
</style>
<img width="380" style="flex: none" src="${dataUrl(popup)}"><img src="${dataUrl(page)}">`;

/** @param {string} file @param {Uint8Array} picture */
async function save(file, picture) {
  const small = await sharp(picture).png({ palette: true, effort: 10 }).toBuffer();
  await mkdir(path.dirname(at(file)), { recursive: true });
  await writeFile(at(file), small);
  say(`${file}: ${Math.round(small.length / 1000)} kB`);
}

await main(async () => {
  await ensureDependencies();
  await ensureChromium();
  await ensureBuilt('server', 'extension');
  await onStage(async ({ extension, popup, link }) => {
    const popupPicture = await popup.locator('body').screenshot();
    const page = await extension.context.newPage();
    // A bar that is still on its way to where it should be says something else than its words.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1180, height: 700 });
    await page.goto(link);
    await page.getByRole('img', { name: 'lake-at-dusk.jpg' }).waitFor();
    const pagePicture = await page.screenshot();

    // A page without a policy against data: addresses.
    const paper = await extension.context.newPage();
    await paper.setViewportSize({ width: 1400, height: 300 });
    await paper.setContent(sideBySide(popupPicture, pagePicture));
    await save('docs/images/overview.png', await paper.screenshot({ fullPage: true }));
    await paper.setViewportSize({ width: 1280, height: 800 });
    await save('docs/store/pictures/1-link-first.png', await paper.screenshot());

    for (const [name, screen] of /** @type {const} */ ([
      ['2-upload-tab', 'share.html'],
      ['3-options', 'options.html'],
    ])) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(popup.url().replace('popup.html', screen));
      await page.getByRole('heading').first().waitFor();
      await page.evaluate(() => document.querySelector('#sharing')?.scrollIntoView());
      await save(`docs/store/pictures/${name}.png`, await page.screenshot());
    }
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.goto(link);
    await page.getByRole('img', { name: 'lake-at-dusk.jpg' }).waitFor();
    await save('docs/store/pictures/4-visitor-dark.png', await page.screenshot());
  });
});
