/** The built extension in a Chromium of its own, opened and watched like a person's. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { EXTENSION, extensionId, seedProfile } from '../../../scripts/lib/extension.mjs';
import { ensureChromium } from '../../../scripts/lib/setup.mjs';

/** A page of an extension that shows one word and runs nothing: no page can be painted sooner. */
const BARE = '<!doctype html><meta charset="utf-8"><title>Ge.tt</title><p>Ge.tt</p>';

/**
 * Milliseconds from the beginning of the navigation.
 * @typedef {object} Opening
 * @property {number} paint of the first contents
 * @property {number | undefined} row of the first row of the list; only in a tab
 * @property {number} rows that were there a moment later
 */

/** In milliseconds. */
const LATEST = 10_000;

/**
 * @template T
 * @param {string} problem if it never is
 * @param {() => Promise<T | false | undefined>} look
 * @returns {Promise<T>}
 */
async function until(problem, look) {
  for (const end = performance.now() + LATEST; performance.now() < end; ) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${problem} after ${LATEST / 1000} s`);
}

/** @param {{ origin: string, email: string, password: string }} account */
export async function startExtension({ origin, email, password }) {
  const executablePath = await ensureChromium();
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-bench-'));
  const extension = path.join(folder, 'extension');
  const profile = path.join(folder, 'profile');
  await cp(EXTENSION, extension, { recursive: true });
  await writeFile(path.join(extension, 'bare.html'), BARE);
  const id = await extensionId(extension);
  await seedProfile(profile, id, ['http://127.0.0.1/*']);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      '--disable-background-networking',
    ],
  });
  const cdp = await context.browser()?.newBrowserCDPSession();
  if (!cdp) throw new Error('The browser has gone.');
  const [tab = await context.newPage()] = context.pages();
  await tab.goto(`${origin}/`);

  /** @param {string} file */
  const open = async (file) => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${id}/${file}`);
    return page;
  };
  const targets = async () =>
    (await cdp.send('Target.getTargets', { filter: [{}] })).targetInfos.filter(({ url }) =>
      url.includes(id),
    );

  const page = await open('popup.html');
  await page.getByRole('button', { name: 'Change server' }).click();
  await page.getByLabel('Server address').fill(origin);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  await page.close();

  return {
    open,

    /** One opening in a tab. @param {string} file @returns {Promise<Opening>} */
    async openTab(file) {
      const page = await context.newPage();
      await page.addInitScript(watchRows);
      await page.goto(`chrome-extension://${id}/${file}`);
      const times = await page.evaluate(settled);
      await page.close();
      return times;
    },

    /** One click on the toolbar button. @returns {Promise<Opening>} */
    async openPopup() {
      const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{}] });
      const target = targetInfos.find(({ type, url }) => type === 'tab' && url.startsWith(origin));
      // Not in Playwright's types yet.
      const trigger = /** @type {'Target.closeTarget'} */ ('Extensions.triggerAction');
      await cdp.send(
        trigger,
        /** @type {{ targetId: string }} */ ({ id, targetId: target?.targetId }),
      );
      const { targetId } = await until('no popup has opened', async () =>
        (await targets()).find(({ type, url }) => type === 'page' && url.endsWith('/popup.html')),
      );
      const { sessionId } = await cdp.send('Target.attachToTarget', { targetId });
      /** @type {Promise<string>} */
      const answered = new Promise((resolve) => {
        cdp.on('Target.receivedMessageFromTarget', ({ message, sessionId: from }) => {
          if (from === sessionId && JSON.parse(message).id === 1) resolve(message);
        });
      });
      const params = {
        expression: `(${settled.toString()})()`,
        awaitPromise: true,
        returnByValue: true,
      };
      const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params });
      await cdp.send('Target.sendMessageToTarget', { sessionId, message });
      const { result } = JSON.parse(await answered);
      await cdp.send('Target.closeTarget', { targetId });
      return result.result.value;
    },

    /** As after half a minute in which nothing happened. */
    async stopWorker() {
      for (const { type, targetId } of await targets()) {
        if (type === 'service_worker') await cdp.send('Target.closeTarget', { targetId });
      }
      await until('the background has not stopped', async () =>
        (await targets()).every(({ type }) => type !== 'service_worker'),
      );
    },

    async stop() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in a page before its own scripts: notes when the first row has been painted. */
function watchRows() {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.row.recent')) return;
    observer.disconnect();
    // What is posted while a frame is made is delivered after it.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => performance.mark('first-row'));
    port1.start();
    requestAnimationFrame(() => port2.postMessage(null));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in a page: what its opening took, once it has come to rest. */
async function settled() {
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  while (paint() === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  // What is painted first can be what was kept; the popup's own code has come with the focus.
  // A popup that never has the focus is measured all the same.
  const end = performance.now() + 5_000;
  const opens = () =>
    document.querySelector('#app') !== null &&
    document.activeElement === document.body &&
    performance.now() < end;
  while (opens()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
  return {
    paint: paint() ?? Number.NaN,
    row: performance.getEntriesByName('first-row')[0]?.startTime,
    rows: document.querySelectorAll('.row.recent').length,
  };
}
