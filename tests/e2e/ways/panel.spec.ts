import type { Worker } from '@playwright/test';
import { signIn } from '../support/account.ts';
import { expect, test } from '../support/chromium.ts';

test('the side panel is the popup, as wide as it is given', async ({ extension, server }) => {
  const panel = await extension.open('sidepanel.html');
  await panel.setViewportSize({ width: 640, height: 500 });
  await signIn(panel, server);
  const width = await panel.locator('.header').evaluate(({ clientWidth }) => clientWidth);
  expect(width).toBe(640);
  await panel.setViewportSize({ width: 300, height: 500 });
  const overflow = await panel.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBe(0);
  await panel.locator('input[type=file]').setInputFiles({
    name: 'side.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('from the side'),
  });
  await expect(panel.getByText(/Done|just now/)).toBeVisible();
});

interface Api {
  omnibox: {
    onInputChanged: { dispatch: (words: string, suggest: (offers: object[]) => void) => void };
    onInputEntered: { dispatch: (content: string, disposition: string) => void };
  };
  commands: { onCommand: { dispatch: (command: string, tab: object | undefined) => void } };
}

const typed = (worker: Worker, words: string) =>
  worker.evaluate((words) => {
    const { chrome } = globalThis as unknown as { chrome: Api };
    return new Promise<{ content: string; description: string }[]>((resolve) =>
      chrome.omnibox.onInputChanged.dispatch(words, (offers) =>
        resolve(offers as { content: string; description: string }[]),
      ),
    );
  }, words);

test('the address bar finds own shares, and opens the one that is chosen', async ({
  extension,
  server,
}) => {
  const tab = await extension.open('share.html');
  await signIn(tab, server);
  for (const name of ['tea & <cake>.txt', 'coffee.txt']) {
    await tab
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from(name),
      });
    await expect(tab.getByRole('listitem').filter({ hasText: name })).toContainText('just now', {
      timeout: 20_000,
    });
  }
  const worker = await extension.worker();
  const offers = await typed(worker, 'cake');
  expect(offers).toHaveLength(1);
  expect(offers[0]!.description).toContain('tea &amp; &lt;cake&gt;.txt');
  expect(offers[0]!.content).toContain(server.origin);

  const opened = extension.context.waitForEvent('page');
  await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: Api };
    // Typed faster than the offers came.
    chrome.omnibox.onInputEntered.dispatch('cake', 'newForegroundTab');
  });
  await expect(await opened).toHaveURL(offers[0]!.content);
});

test('the key for choosing files opens the upload tab', async ({ extension, server }) => {
  const first = await extension.open('share.html');
  await signIn(first, server);
  const opened = extension.context.waitForEvent('page');
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: Api };
    chrome.commands.onCommand.dispatch('choose-files', undefined);
  });
  const tab = await opened;
  await expect(tab).toHaveURL(/share\.html#choose$/);
  await expect(tab.getByRole('button', { name: 'Choose files' })).toBeVisible();
});
