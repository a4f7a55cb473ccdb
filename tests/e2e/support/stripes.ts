import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { TestServer } from '../../support/server.ts';
import { download, signIn } from './account.ts';
import { test as base, type ExtensionBrowser, expect } from './chromium.ts';

/** Stripes of 100 px in colours that tell their place, and a bar that stays on top. */
const PAGE = `<!doctype html><title>Stripes</title>
<style>
  body { margin: 0 }
  .bar { position: fixed; inset: 0 0 auto 0; height: 20px; background: #ff00ff }
  div.stripe { height: 100px }
  /* A page that wants to be in the way. */
  body ~ div, html > div { display: none !important; opacity: 0 !important }
</style>
<div class="bar"></div>
${Array.from({ length: 26 }, (_, i) => `<div class="stripe" style="background: rgb(${i * 9}, ${250 - i * 9}, 90)"></div>`).join('')}`;

export const colourOf = (stripe: number) => [stripe * 9, 250 - stripe * 9, 90];

export const test = base.extend<{ origin: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  origin: async ({}, use) => {
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.setHeader(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'",
      );
      response.end(PAGE);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
});

/** Signs in, opens the page and clicks the toolbar button on it, as a person does. */
export async function open(extension: ExtensionBrowser, server: TestServer, origin: string) {
  const first = await extension.open('share.html');
  await signIn(first, server);
  const page = await extension.context.newPage();
  await page.goto(`${origin}/`);
  await page.bringToFront();
  const popup = await extension.clickToolbarButton(page.url());
  return { list: first, page, popup };
}

export async function take(popup: Page, shape: string): Promise<void> {
  await popup.getByText('Screenshot', { exact: true }).click();
  // The popup may close at once, and its page with it.
  await popup
    .getByRole('button', { name: shape })
    .click()
    .catch(() => undefined);
}

export async function pictureOf(list: Page, server: TestServer) {
  const row = list.getByRole('listitem').filter({ hasText: 'Stripes.png' });
  await expect(row).toContainText(/Done|just now/);
  const link = await row.getByRole('link').getAttribute('href');
  const { data, info } = await sharp(await download(server, link!))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
  return { width: info.width, height: info.height, at };
}
