import type { Page } from '@playwright/test';
import type { TestServer } from '../support/server.ts';
import { download, signIn } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { fromMenu } from './support/rows.ts';

/** Longer than a deletion can be undone. */
const LONG = 8_000;

/** A share that is one of the recent ones, with its link. */
async function share(popup: Page, name: string): Promise<string> {
  await popup
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  const link = popup.getByRole('link', { name: `Open ${name}` });
  await expect(link).toBeVisible();
  return (await link.getAttribute('href')) ?? '';
}

function isThere(server: TestServer, link: string): Promise<boolean> {
  return download(server, link).then(
    () => true,
    () => false,
  );
}

test('a deletion that fails brings the share back, with the reason', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const link = await share(popup, 'stays.txt');
  await fromMenu(popup, 'stays.txt', 'Delete');
  await expect(popup.getByText('Deleted stays.txt')).toBeVisible();
  await server.kill();
  await popup.mouse.move(0, 0);
  const reason = popup.getByRole('alert').filter({ hasText: 'No answer from the server' });
  await expect(reason).toBeVisible({ timeout: 40_000 });
  await expect(popup.getByRole('link', { name: 'Open stays.txt' })).toBeVisible();

  await server.restart();
  expect(await isThere(server, link)).toBe(true);
  await reason.getByRole('button', { name: 'Try again' }).click();
  await expect(popup.getByText('Deleted stays.txt')).toBeVisible();
  await popup.mouse.move(0, 0);
  await expect.poll(() => isThere(server, link), { timeout: 2 * LONG }).toBe(false);
  await expect(popup.getByText('Nothing yet')).toBeVisible();
});

test('Ctrl+Z takes a deletion back', async ({ extension, server }) => {
  const popup = await extension.open();
  await signIn(popup, server);
  const link = await share(popup, 'taken-back.txt');
  await fromMenu(popup, 'taken-back.txt', 'Delete');
  await expect(popup.getByText('Deleted taken-back.txt')).toBeVisible();
  await popup.keyboard.press('Control+Z');
  await expect(popup.getByRole('link', { name: 'Open taken-back.txt' })).toBeVisible();
  expect(await isThere(server, link)).toBe(true);
});
