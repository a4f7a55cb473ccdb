import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { ZipFile } from 'yazl';
import { at } from '../../../scripts/lib/project.mjs';

const FIREFOX = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';
const EXTENSION = at('.output/firefox-mv3');
/** Where Firefox puts the extension's pages; the same in every run. */
const HOST = '11111111-2222-4333-8444-555555555555';

export interface FirefoxOptions {
  /** Folder of a profile that outlives the browser; the extension is installed in it for good. */
  profile?: string;
  /** Settings as in `about:config`. */
  prefs?: Record<string, boolean | number | string>;
  /** Whether the extension may work in private windows, which a user has to allow. */
  inPrivateWindows?: boolean;
  /** Of X, where it shall be seen and use the real clipboard. */
  display?: string;
  /** Whether the extension is installed; so it is where nothing is said. */
  installed?: boolean;
}

/**
 * Firefox with the extension, headless unless it has a display. Playwright drives no stock Firefox, so WebDriver BiDi is
 * spoken by Puppeteer, as a library.
 */
export class FirefoxBrowser {
  readonly #browser: Browser;
  readonly #id: string;

  private constructor(browser: Browser, id: string) {
    this.#browser = browser;
    this.#id = id;
  }

  static async start(options: FirefoxOptions = {}): Promise<FirefoxBrowser> {
    const { profile, prefs = {}, display, inPrivateWindows = false, installed = true } = options;
    const manifest = path.join(EXTENSION, 'manifest.json');
    if (!existsSync(manifest)) {
      throw new Error('The extension is not built; run: node scripts/build.mjs extension-firefox');
    }
    const { browser_specific_settings: settings } = JSON.parse(readFileSync(manifest, 'utf8'));
    const { id } = settings.gecko;
    if (profile !== undefined) {
      const addOn = path.join(profile, 'extensions', `${id}.xpi`);
      // A file that was written anew is an update to Firefox: soon after its start it would close the extension's tabs.
      if (!existsSync(addOn)) await pack(addOn);
    }
    const browser = await launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: display === undefined,
      ...(display !== undefined && {
        env: { ...process.env, DISPLAY: display, MOZ_ENABLE_WAYLAND: '0' },
      }),
      defaultViewport: null,
      ...(profile !== undefined && { userDataDir: profile }),
      // Without it a page of the extension may not be opened by a script.
      args: ['--remote-allow-system-access', '--width=1000', '--height=700'],
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [id]: HOST }),
        // Host permissions that the extension asks for are granted without a question.
        'extensions.webextOptionalPermissionPrompts': false,
        'dom.events.testing.asyncClipboard': true,
        // What lies in a profile is installed without a question, signed or not.
        'xpinstall.signatures.required': false,
        'extensions.autoDisableScopes': 0,
        ...prefs,
      },
    });
    const firefox = new FirefoxBrowser(browser, id);
    if (inPrivateWindows) {
      await firefox.inWindow(`async () => {
        const { ExtensionPermissions } = ChromeUtils.importESModule(
          'resource://gre/modules/ExtensionPermissions.sys.mjs');
        await ExtensionPermissions.add(${JSON.stringify(id)},
          { permissions: ['internal:privateBrowsingAllowed'], origins: [], data_collection: [] });
        const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        await (await AddonManager.getAddonByID(${JSON.stringify(id)}))?.reload();
      }`);
    }
    if (profile === undefined && installed) await browser.installExtension(EXTENSION);
    return firefox;
  }

  newPage(): Promise<Page> {
    return this.#browser.newPage();
  }

  /** Opens one of the extension's pages in a tab. `goto` loads it but never resolves. */
  async open(file: string): Promise<Page> {
    const page = await this.#browser.newPage();
    void page.goto(`moz-extension://${HOST}/${file}`).catch(() => undefined);
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
      const ready = await page
        .evaluate(() => location.protocol === 'moz-extension:' && document.readyState)
        .catch(() => undefined);
      if (ready === 'complete') return page;
    }
    throw new Error('The page of the extension did not open.');
  }

  /** Addresses of all tabs; pages of the extension tell theirs to nobody else. */
  async addresses(): Promise<string[]> {
    const addresses = await this.inWindow(
      '() => JSON.stringify(gBrowser.browsers.map(({ currentURI }) => currentURI.spec))',
    );
    return JSON.parse(String(addresses)) as string[];
  }

  /** The page of a private window, which is opened. */
  async openPrivateWindow(): Promise<Page> {
    const before = new Set(await this.#browser.pages());
    await this.inWindow(`async () => {
      const opened = OpenBrowserWindow({ private: true });
      await new Promise((ready) => opened.addEventListener('load', ready, { once: true }));
    }`);
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
      const page = (await this.#browser.pages()).find((page) => !before.has(page));
      // Until its own first page is there, it leaves every other one.
      if (page?.url() === 'about:privatebrowsing') return page;
    }
    throw new Error('The private window did not open.');
  }

  async closePrivateWindow(): Promise<void> {
    await this.inWindow(`async () => {
      for (const each of Services.wm.getEnumerator('navigator:browser')) {
        if (PrivateBrowsingUtils.isWindowPrivate(each)) each.close();
      }
    }`);
  }

  /** Clicks with the right button, then on an item of the real menu, once it is there. */
  async chooseFromMenu(page: Page, selector: string, label: string): Promise<void> {
    await page.click(selector, { button: 'right' });
    await this.inWindow(`async () => {
      ${OPEN_MENU}
      const find = () => shown(menu).find((item) => item.label === ${JSON.stringify(label)});
      for (let tries = 0; tries < 1000 && !find(); tries++) await frame();
      const item = find();
      if (!item) throw new Error('The menu has no such item.');
      const popup = item.parentElement;
      if (popup !== menu) {
        const opened = new Promise((open) => popup.addEventListener('popupshown', open, { once: true }));
        popup.parentElement.openMenu(true);
        await opened;
      }
      popup.activateItem(item);
    }`);
  }

  /** What the extension offers in the menu of a right-click; the menu is closed again. */
  async offersOf(page: Page, selector: string): Promise<string[]> {
    await page.click(selector, { button: 'right' });
    const labels = await this.inWindow(`async () => {
      ${OPEN_MENU}
      // The extension may add to it a moment later.
      for (let wait = 0; wait < 20; wait++) await frame();
      const own = shown(menu).filter(({ id }) => id.startsWith('share_ge_tt-menuitem'));
      const labels = own.map(({ label }) => label);
      const hidden = new Promise((close) => menu.addEventListener('popuphidden', close, { once: true }));
      menu.hidePopup();
      await hidden;
      return JSON.stringify(labels);
    }`);
    return JSON.parse(String(labels)) as string[];
  }

  /** What Firefox asks before it installs the extension from a file. */
  async questionOfInstall(folder: string): Promise<string> {
    const file = path.join(folder, 'extension.xpi');
    await pack(file);
    const text = await this.inWindow(`async () => {
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      const { FileUtils } = ChromeUtils.importESModule('resource://gre/modules/FileUtils.sys.mjs');
      const install = await AddonManager.getInstallForFile(new FileUtils.File(${JSON.stringify(file)}));
      const asked = new Promise((shown) => {
        PopupNotifications.panel.addEventListener('popupshown', shown, { once: true });
      });
      AddonManager.installAddonFromAOM(gBrowser.selectedBrowser, document.documentURIObject, install);
      await asked;
      return document.getElementById('addon-webext-permissions-notification').textContent;
    }`);
    return String(text);
  }

  /** Opens the extension's sidebar, as the browser's own menu does. */
  async openSidebar(): Promise<void> {
    await this.inWindow(`() => SidebarController.show('share_ge_tt-sidebar-action')`);
  }

  /** What the background page is doing: `running`, `stopped`, `starting` or `suspending`. */
  backgroundState(): Promise<unknown> {
    return this.inWindow(
      `async () => WebExtensionPolicy.getByID(${JSON.stringify(this.#id)}).extension.backgroundState`,
    );
  }

  /** Ends the browser at once, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#browser.process();
    if (child?.pid === undefined) throw new Error('The browser is not running.');
    const gone = once(child, 'exit');
    // It leads a group of its own: none of its processes gets to write anything more.
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  stop(): Promise<void> {
    return this.#browser.close();
  }

  /** Runs a function in the browser's own window, where the menus are. */
  async inWindow(source: string): Promise<unknown> {
    // Puppeteer has no public way to this context.
    const { connection } = this.#browser as unknown as { connection: BidiConnection };
    const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const [window] = tree.result.contexts;
    const { result } = await connection.send('script.evaluate', {
      target: { context: window?.context },
      awaitPromise: true,
      expression: `(${source})()`,
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails?.text);
    return result.result?.value;
  }
}

interface BidiConnection {
  send: (
    method: string,
    params: object,
  ) => Promise<{
    result: {
      contexts: { context: string }[];
      type: string;
      exceptionDetails?: { text: string };
      result?: { value?: unknown };
    };
  }>;
}

/** Waits for the menu of a right-click, and sees its items. */
const OPEN_MENU = `
  const frame = () => new Promise((next) => setTimeout(next, 20));
  const windows = [...Services.wm.getEnumerator('navigator:browser')];
  const menus = windows.map((each) => each.document.getElementById('contentAreaContextMenu'));
  const opened = () => menus.find(({ state }) => state === 'open');
  for (let tries = 0; tries < 1000 && !opened(); tries++) await frame();
  const menu = opened();
  if (!menu) throw new Error('No menu has opened.');
  const shown = (menu) => [...menu.querySelectorAll('menuitem')].filter(({ hidden }) => !hidden);
`;

/** Packs the extension as an add-on; one in the folder of a profile stays installed over restarts. */
async function pack(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const archive = new ZipFile();
  for (const entry of await readdir(EXTENSION, { recursive: true, withFileTypes: true })) {
    const source = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) archive.addFile(source, path.relative(EXTENSION, source));
  }
  archive.end();
  await writeFile(file, archive.outputStream);
}
