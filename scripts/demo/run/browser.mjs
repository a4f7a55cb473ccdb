/** A Chromium with the built extension, signed in to a server by its own popup. */
import { access } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { EXTENSION, extensionId, seedProfile } from '../../lib/extension.mjs';
import { SetupError } from '../../lib/setup.mjs';

/**
 * @param {{ executable: string, profile: string, headless: boolean }} options
 */
export async function startBrowser({ executable, profile, headless }) {
  const id = await extensionId(EXTENSION);
  // The question for access to the server cannot be answered by a script; on this computer's own
  // addresses the demo answers it beforehand.
  const fresh = await access(profile).then(
    () => false,
    () => true,
  );
  if (fresh) await seedProfile(profile, id, ['http://127.0.0.1/*']);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless,
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      `--disable-extensions-except=${EXTENSION}`,
      `--load-extension=${EXTENSION}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

  const worker = async () =>
    context.serviceWorkers().find((found) => new URL(found.url()).host === id) ??
    (await context.waitForEvent('serviceworker', { timeout: 15_000 }));

  return {
    context,

    /**
     * Signs in by the popup's own form, unless the profile is signed in already.
     * @param {{ origin: string, email: string, password: string }} account
     */
    async signIn({ origin, email, password }) {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${id}/popup.html`);
      const choose = page.getByRole('button', { name: 'Choose files' });
      const form = page.getByLabel('E-mail');
      await choose.or(form).first().waitFor();
      if (await form.isVisible()) {
        const server = page.getByLabel('Server address');
        if (!(await server.isVisible())) await page.getByRole('button', { name: 'Change' }).click();
        await server.fill(origin);
        await form.fill(email);
        await page.getByLabel('Password', { exact: true }).fill(password);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await choose.waitFor({ timeout: 15_000 }).catch(() => {
          throw new SetupError('The extension could not sign in to the server just started.');
        });
      }
      await page.close();
    },

    /**
     * Calls the listeners of the context menu as the browser does when the item is chosen.
     * @param {{ srcUrl: string, pageUrl: string }} image
     */
    async chooseShareImage({ srcUrl, pageUrl }) {
      const info = {
        menuItemId: 'share-image',
        mediaType: 'image',
        srcUrl,
        pageUrl,
        editable: false,
      };
      const target = await worker();
      await target.evaluate(`(async () => {
        const [tab] = await chrome.tabs.query({ active: true });
        chrome.contextMenus.onClicked.dispatch({ ...${JSON.stringify(info)}, frameId: 0 }, tab);
      })()`);
    },

    async stop() {
      await Promise.race([context.close(), new Promise((done) => setTimeout(done, 5_000))]);
    },
  };
}
