import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { GettClient } from '../../src/sdk/index.ts';
import { BEN, fillSignIn, signIn, USER } from './support/account.ts';
import { expect, test } from './support/chromium.ts';
import { holdTimers } from './support/hold-timers.ts';

const chooseFiles = (page: Page) => page.getByRole('button', { name: 'Choose files' });

/** Everything that script can read of what the extension has stored, as text. */
async function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts: string[] = [JSON.stringify(localStorage)];
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { get: () => Promise<object> } } };
    };
    texts.push(JSON.stringify(await chrome.storage.local.get()));
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open(name);
        open.addEventListener('success', () => resolve(open.result));
      });
      for (const store of db.objectStoreNames) {
        const values = await new Promise<unknown[]>((resolve) => {
          const all = db.transaction(store).objectStore(store).getAll();
          all.addEventListener('success', () => resolve(all.result));
        });
        for (const value of values) texts.push(readable(value));
      }
      db.close();
    }
    return texts.join('\n');

    function readable(value: unknown): string {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (typeof value !== 'object' || value === null) return String(value);
      return Object.values(value).map(readable).join('\n');
    }
  });
}

test('signing in asks for the origin of the server and for no other', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  expect(await extension.origins()).toEqual([]);
  await signIn(popup, server);
  expect(await extension.origins()).toEqual(['http://127.0.0.1/*']);
  await expect(popup.getByText(USER.email)).toBeVisible();
});

test('a wrong password is said under its field, and stays typed', async ({ extension, server }) => {
  const popup = await extension.open();
  await fillSignIn(popup, server.origin, { ...USER, password: 'wrong' });
  const password = popup.getByLabel('Password', { exact: true });
  await expect(password).toHaveAccessibleDescription('E-mail or password is not right.');
  await expect(password).toHaveValue('wrong');
  await expect(password).toBeFocused();
  await password.fill(USER.password);
  await password.press('Enter');
  await expect(chooseFiles(popup)).toBeVisible();
});

test('a form that is not filled in says what is missing, and sends nothing', async ({
  extension,
}) => {
  const popup = await extension.open();
  await popup.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(popup.getByLabel('E-mail')).toHaveAccessibleDescription(
    'Enter the e-mail of your account.',
  );
  await expect(popup.getByLabel('E-mail')).toBeFocused();
});

test('who has no account, or no longer knows the password, is led to what the server says', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await popup.getByRole('button', { name: 'Change server' }).click();
  const options = await extension.open('options.html');
  await options.getByRole('button', { name: 'Add account' }).last().click();
  const further = options.getByRole('form', { name: 'Add account' });
  for (const form of [popup, further]) {
    await form.getByLabel('Server address').fill(server.origin);
    for (const name of ['Create account', 'Forgot password?']) {
      const opened = extension.context.waitForEvent('page');
      await form.getByRole('link', { name }).click();
      const page = await opened;
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('An account on this server');
      await page.close();
    }
    // What is no address leads nowhere.
    await form.getByLabel('Server address').fill('http://');
    await expect(form.getByRole('link', { name: 'Create account' })).toBeHidden();
  }
  await options.getByLabel('Service').selectOption('smartfile');
  await further.getByLabel('Server address').fill(server.origin);
  await expect(further.getByRole('link', { name: 'Create account' })).toBeHidden();
});

test('an address where nobody answers is said under the address', async ({ extension, server }) => {
  await server.kill();
  const popup = await extension.open();
  await fillSignIn(popup, server.origin);
  await expect(popup.getByLabel('Server address')).toHaveAccessibleDescription(
    `No answer from ${server.origin}. Is the address right?`,
  );
});

test('a password never goes over the open internet in clear', async ({ extension }) => {
  const popup = await extension.open();
  await fillSignIn(popup, 'http://files.example.org');
  await expect(popup.getByLabel('Server address')).toHaveAccessibleDescription(/Use https/);
});

test('a web server of another kind is told from a Ge.tt server', async ({ extension, server }) => {
  const popup = await extension.open();
  await fillSignIn(popup, `${server.origin}/nothing/here`);
  await expect(popup.getByLabel('Server address')).toHaveAccessibleDescription(
    /not a Ge.tt-compatible server/,
  );
});

test('the sign-in survives a crash of the browser, and nothing stored can be read as a token', async ({
  extension,
  server,
}) => {
  await signIn(await extension.open(), server);
  await extension.crash();
  await extension.start();

  const popup = await extension.open();
  await expect(chooseFiles(popup)).toBeVisible();
  await popup.locator('input[type=file]').setInputFiles({
    name: 'after.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('still signed in'),
  });
  await expect(popup.getByText(/Done|just now/)).toBeVisible();

  const stored = await storedText(popup);
  expect(stored).toContain(USER.email);
  expect(stored).not.toMatch(/\b[ar]\.[\w-]*\.[\w-]+\.\d+\.\w+/);
});

test('signing out forgets the account and its shares, and keeps the server', async ({
  extension,
  server,
}) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await popup.getByText(USER.email).click();
  await popup.getByRole('button', { name: 'Sign out' }).click();
  await expect(popup.getByLabel('E-mail')).toBeVisible();
  await expect(popup.getByText(server.origin.replace('http://', ''))).toBeVisible();

  const again = await extension.open();
  await expect(again.getByLabel('E-mail')).toBeVisible();
  expect(await storedText(again)).not.toContain(USER.email);
});

test('files that waited for one account are shared by another one only after a question', async ({
  extension,
  server,
}) => {
  await server.addUser(BEN);
  const ben = new GettClient({ baseUrl: server.baseUrl });
  await ben.signIn(BEN);
  const popup = await extension.open();
  await signIn(popup, server);
  await server.kill();
  for (const name of ['kept.txt', 'unwanted.txt']) {
    const row = popup.getByRole('listitem').filter({ hasText: name });
    await popup
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
    await expect(row.getByText('No connection.')).toBeVisible({ timeout: 30_000 });
  }
  await popup.getByText(USER.email).click();
  await popup.getByRole('button', { name: 'Sign out' }).click();
  await expect(popup.getByText('2 files are waiting. Sign out anyway?')).toBeVisible();
  await popup.getByRole('button', { name: 'Sign out anyway' }).click();
  await server.restart();
  await signIn(popup, server, BEN);

  const row = (name: string) => popup.getByRole('listitem').filter({ hasText: name });
  await expect(row('kept.txt').getByText(`It was waiting for ${USER.email}.`)).toBeVisible();
  await holdTimers(await extension.worker());
  await row('unwanted.txt').getByRole('button', { name: 'Remove' }).click();
  await expect(popup.getByText('Cancelled unwanted.txt')).toBeVisible();
  expect(await titles(ben)).toEqual([]);
  await row('kept.txt')
    .getByRole('button', { name: `Share as ${BEN.email}` })
    .click();
  await expect(row('kept.txt')).toContainText(/Done|just now/);
  expect(await titles(ben)).toEqual(['kept.txt']);
});

test('somebody else who signs in after an access has ended finds nothing of the one before', async ({
  extension,
  server,
}) => {
  await server.addUser(BEN);
  const popup = await extension.open();
  await signIn(popup, server);
  await popup.locator('input[type=file]').setInputFiles('scripts/demo/pictures/paper-city.png');
  await expect(popup.getByRole('link', { name: 'Open paper-city.png' })).toBeVisible();
  // Nothing waits for the small picture.
  await expect.poll(() => storedText(popup)).toContain('data:image/webp');
  await server.cli(['user', 'passwd', USER.email, '--password-stdin'], { input: 'a new phrase\n' });

  const again = await extension.open();
  await expect(again.getByRole('heading', { name: 'Please sign in again' })).toBeVisible();
  await expect(again.getByText(`Not ${USER.email}?`)).toBeVisible();
  await expect(again.getByRole('link', { name: 'Open paper-city.png' })).toBeVisible();
  await again.getByRole('button', { name: 'Use another account' }).click();
  await signIn(again, server, BEN);
  await expect(again.getByText('Nothing yet')).toBeVisible();
  const stored = await storedText(again);
  expect(stored).not.toContain('data:image/webp');
  expect(stored).not.toContain(USER.email);
});

/** The first file of each share. */
async function titles(gett: GettClient): Promise<(string | undefined)[]> {
  const names = [];
  for await (const { files } of gett.shares.list()) names.push(files[0]?.filename);
  return names;
}

test('a server that goes down is said, and the list stays', async ({ extension, server }) => {
  const popup = await extension.open();
  await signIn(popup, server);
  await server.kill();
  const again = await extension.open();
  await expect(again.locator('.banner').getByText(/No answer from 127\.0\.0\.1/)).toBeVisible();
  await expect(chooseFiles(again)).toBeVisible();
  await server.restart();
  // The extension asks by itself too, and may be quicker than the click.
  const tryNow = again.getByRole('button', { name: 'Try now' });
  await expect(async () => {
    if (await tryNow.isVisible()) await tryNow.click({ timeout: 1_000 });
    await expect(again.locator('.banner').getByText(/No answer from/)).toBeHidden({
      timeout: 2_000,
    });
  }).toPass();
});

test('the options show the account and sign out', async ({ extension, server }) => {
  await signIn(await extension.open(), server);
  const options = await extension.open('options.html');
  await expect(options.getByText(`Signed in as ${USER.email}`)).toBeVisible();
  await expect(options.getByText(server.origin)).toBeVisible();
  await options.getByRole('button', { name: 'Sign out' }).click();
  await expect(options.getByText('You are not signed in.')).toBeVisible();
  const tab = extension.context.waitForEvent('page');
  await options.getByRole('button', { name: 'Sign in' }).click();
  await expect((await tab).getByLabel('E-mail')).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`every page is accessible in ${scheme} colours, signed out and signed in`, async ({
    extension,
    server,
  }) => {
    const popup = await extension.open();
    await popup.emulateMedia({ colorScheme: scheme });
    const violations = async (page: Page) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
    };
    expect(await violations(popup)).toEqual([]);
    await signIn(popup, server);
    expect(await violations(popup)).toEqual([]);
    await holdTimers(await extension.worker());
    await popup.locator('input[type=file]').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('notes'),
    });
    await expect(popup.getByText('Done')).toBeVisible();
    expect(await violations(popup)).toEqual([]);
    for (const file of ['share.html', 'options.html'] as const) {
      const page = await extension.open(file);
      await page.emulateMedia({ colorScheme: scheme });
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    }
  });
}
