import { GettClient } from '../../src/sdk/index.ts';
import { answer, faultServer } from '../support/fault-server.ts';
import { signIn, USER } from './support/account.ts';
import { expect } from './support/chromium.ts';
import { choose, linkOf, MB, makeFilm, percentOf, rowOf, test } from './support/films.ts';
import { fromMenu } from './support/rows.ts';

/** What the service calls a share. */
async function titleOf(baseUrl: string, link: string): Promise<string | undefined> {
  const gett = new GettClient({ baseUrl });
  await gett.signIn(USER);
  return (await gett.shares.get(new URL(link).pathname.slice(1))).title;
}

test('a share is renamed while its file is being sent: Enter saves, Escape restores', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const tab = await extension.open('share.html');
  await signIn(tab, uplink);
  uplink.pace(0.5 * MB);
  await choose(tab, makeFilm(info, 'film.bin', 24 * MB));
  const link = await linkOf(tab, 'film.bin');
  await tab.getByRole('button', { name: 'Rename film.bin' }).click();
  const field = tab.getByLabel('New name of film.bin');
  await expect(field).toBeFocused();
  await field.fill('Nonsense');
  await field.press('Escape');
  await expect(rowOf(tab, 'film.bin').getByRole('button', { name: /^Copy link/ })).toBeFocused();
  await tab.keyboard.press('F2');
  await field.fill('Regatta');
  await field.press('Enter');
  await expect(rowOf(tab, 'Regatta')).toContainText('of 24 MB');
  await expect.poll(() => titleOf(server.baseUrl, link)).toBe('Regatta');
  expect(await percentOf(tab, 'Regatta')).toBeLessThan(100);

  const popup = await extension.open();
  await fromMenu(popup, 'Regatta', 'Rename');
  await popup.getByLabel('New name of Regatta').fill('Regatta, second day');
  await popup.getByLabel('New name of Regatta').press('Enter');
  await expect(rowOf(tab, 'Regatta, second day')).toBeVisible();
  uplink.pace(Infinity);
  await expect(rowOf(tab, 'Regatta, second day')).toContainText(/Done|just now/);
  expect(await titleOf(server.baseUrl, link)).toBe('Regatta, second day');
});

test('a title that is being typed while its share gets done is not lost', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  uplink.pace(0.2 * MB);
  await choose(popup, makeFilm(info, 'film.bin', 6 * MB));
  const link = await linkOf(popup, 'film.bin');
  await fromMenu(popup, 'film.bin', 'Rename');
  const field = popup.getByLabel('New name of film.bin');
  await field.fill('Rega');
  uplink.pace(Infinity);
  await expect(popup.getByRole('region', { name: 'In progress' })).toBeHidden();
  await expect(field).toBeFocused();
  await popup.keyboard.type('tta');
  await popup.keyboard.press('Enter');
  await expect(popup.getByRole('link', { name: 'Open Regatta' })).toBeVisible();
  await expect.poll(() => titleOf(server.baseUrl, link)).toBe('Regatta');
});

test('a name that the server does not get while it is sent is taken back, with the reason', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  uplink.pace(1 * MB);
  await choose(popup, makeFilm(info, 'film.bin', 24 * MB));
  await linkOf(popup, 'film.bin');
  await server.kill();
  await fromMenu(popup, 'film.bin', 'Rename');
  const field = popup.getByLabel('New name of film.bin');
  await field.fill('Regatta');
  await field.press('Enter');
  await expect(popup.getByText('It keeps its old name')).toBeVisible({ timeout: 40_000 });
  await expect(field).toHaveValue('Regatta');
  await field.press('Escape');
  await expect(rowOf(popup, 'film.bin')).toBeVisible();
});

test('an error nobody expects has details for support, which say nothing about anybody', async ({
  extension,
  slow: { server, uplink },
}, info) => {
  const popup = await extension.open();
  await signIn(popup, uplink);
  const odd = await faultServer(answer(200, { surprise: true }));
  await server.kill();
  uplink.leadTo(odd.origin);
  await choose(popup, makeFilm(info, 'diary-of-anna.bin', 2 * MB));
  const row = rowOf(popup, 'diary-of-anna.bin');
  await expect(row).toContainText('Something went wrong. Your file is still here.', {
    timeout: 60_000,
  });
  await expect(row).not.toContainText('invalid-answer');
  await row.getByRole('button', { name: 'Details' }).click();
  const text = popup.getByRole('dialog').locator('pre');
  await expect(text).toContainText('Cause: invalid-answer, HTTP 200, POST /shares/create');
  await expect(text).toContainText('Failure: unknown');
  for (const secret of ['anna', 'diary', '127.0.0.1', 'http:']) {
    expect((await text.innerText()).toLowerCase()).not.toContain(secret);
  }
  await popup.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await expect(popup.getByRole('dialog').getByRole('status')).toHaveText('Copied');
  await popup.keyboard.press('Escape');
  await expect(popup.getByRole('dialog')).toBeHidden();
  // Other problems have them in the row's menu.
  await fromMenu(popup, 'diary-of-anna.bin', 'Details');
  await expect(text).toContainText('Failure: unknown');
  await odd.stop();
});
