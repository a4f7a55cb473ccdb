import type { Page } from '@playwright/test';
import { signIn } from '../support/account.ts';
import { expect, test } from '../support/chromium.ts';

const share = (popup: Page, name: string) =>
  popup
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });

test.describe('as it is installed', () => {
  test.use({
    hosts: { active: [], onRequest: ['http://127.0.0.1/*'], apiOnRequest: ['clipboardWrite'] },
  });

  test('nothing is copied by itself until that is allowed, and copying by a click always works', async ({
    extension,
    server,
  }) => {
    const page = await extension.context.newPage();
    await page.goto(`${server.origin}/`);
    await extension.clipboard(page);
    await page.evaluate(() => navigator.clipboard.writeText('what was there'));
    const popup = await extension.open();
    await signIn(popup, server);
    await share(popup, 'one.txt');
    const one = popup.getByRole('link', { name: 'Open one.txt' });
    await expect(one).toBeVisible();
    expect(await extension.clipboard(page)).toBe('what was there');
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Copy link to one.txt' }).click();
    await expect(popup.getByRole('button', { name: 'Copy link to one.txt' })).toHaveText('Copied');
    expect(await extension.clipboard(page)).toBe(await one.getAttribute('href'));

    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Allow' }).click();
    await expect(popup.getByText('can copy the link of a new share by itself')).toBeHidden();
    await share(popup, 'two.txt');
    const two = popup.getByRole('link', { name: 'Open two.txt' });
    const link = await two.getAttribute('href');
    // The link is shown a moment before it is copied.
    await expect.poll(() => extension.clipboard(page)).toBe(link);
  });

  test('who does not want it is not asked again, and finds it in the options', async ({
    extension,
    server,
  }) => {
    const popup = await extension.open();
    await signIn(popup, server);
    await share(popup, 'one.txt');
    await popup.getByRole('button', { name: 'Not now' }).click();
    await expect(popup.getByRole('button', { name: 'Allow' })).toBeHidden();
    await popup.reload();
    await expect(popup.getByRole('link', { name: 'Open one.txt' })).toBeVisible();
    await expect(popup.getByRole('button', { name: 'Allow' })).toBeHidden();
    const options = await extension.open('options.html');
    const tick = options.getByLabel('Copy the link of a new share by itself');
    await expect(tick).not.toBeChecked();
    // It is ticked once the browser has answered, which `check` would not wait for.
    await tick.click();
    await expect(tick).toBeChecked();
    await expect(options.getByText('Saved')).toBeVisible();
    await options.reload();
    await expect(tick).toBeChecked();
  });
});

test('what is copied by itself is what was chosen to be copied', async ({ extension, server }) => {
  const page = await extension.context.newPage();
  await page.goto(`${server.origin}/`);
  const popup = await extension.open();
  await signIn(popup, server);
  await popup.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { set: (values: object) => Promise<void> } } };
    };
    return chrome.storage.local.set({ settings: { copyFormat: 'markdown' } });
  });
  await share(popup, 'one.txt');
  const link = await popup.getByRole('link', { name: 'Open one.txt' }).getAttribute('href');
  // The link is shown a moment before it is copied.
  await expect.poll(() => extension.clipboard(page)).toBe(`[one.txt](<${link}>)`);
});

test.describe('when the browser refuses', () => {
  test.use({ hosts: { active: [], onRequest: ['http://127.0.0.1/*'] } });

  test('the tick is taken away again, and it is said where to change it', async ({ extension }) => {
    const options = await extension.context.newPage();
    // Nobody can press "Deny" in a browser without a window, so its answer is given here.
    await options.addInitScript(() => {
      const { chrome, browser } = globalThis as unknown as Record<
        'chrome' | 'browser',
        { permissions?: { request: () => Promise<boolean> } } | undefined
      >;
      for (const api of [chrome?.permissions, browser?.permissions]) {
        if (api) api.request = () => Promise.resolve(false);
      }
    });
    await options.goto(`chrome-extension://${extension.id}/options.html`);
    const tick = options.getByLabel('Copy the link of a new share by itself');
    await tick.click();
    await expect(options.getByText('The browser did not allow it.')).toBeVisible();
    await expect(tick).not.toBeChecked();
  });
});
