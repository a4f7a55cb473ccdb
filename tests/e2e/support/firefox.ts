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
}

/**
 * A headless Firefox with the extension. Playwright drives no stock Firefox, so WebDriver BiDi is
 * spoken by Puppeteer, as a library.
 */
export class FirefoxBrowser {
  readonly #browser: Browser;
  readonly #id: string;

  private constructor(browser: Browser, id: string) {
    this.#browser = browser;
    this.#id = id;
  }

  static async start({ profile, prefs = {} }: FirefoxOptions = {}): Promise<FirefoxBrowser> {
    const manifest = path.join(EXTENSION, 'manifest.json');
    if (!existsSync(manifest)) {
      throw new Error('The extension is not built; run: node scripts/build.mjs extension-firefox');
    }
    const { browser_specific_settings: settings } = JSON.parse(readFileSync(manifest, 'utf8'));
    const { id } = settings.gecko;
    if (profile !== undefined) await install(profile, id);
    const browser = await launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: true,
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
    if (profile === undefined) await browser.installExtension(EXTENSION);
    return new FirefoxBrowser(browser, id);
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

  /** Clicks with the right button, then on an item of the real menu. */
  async chooseFromMenu(page: Page, selector: string, label: string): Promise<void> {
    await page.click(selector, { button: 'right' });
    await this.#inWindow(`async () => {
      const menu = document.getElementById('contentAreaContextMenu');
      if (menu.state !== 'open') {
        await new Promise((open) => menu.addEventListener('popupshown', open, { once: true }));
      }
      const items = [...menu.querySelectorAll('menuitem')].filter(({ hidden }) => !hidden);
      const item = items.find(({ label }) => label === ${JSON.stringify(label)});
      if (!item) throw new Error('The menu has no such item.');
      const popup = item.parentElement;
      if (popup !== menu) {
        const shown = new Promise((open) => popup.addEventListener('popupshown', open, { once: true }));
        popup.parentElement.openMenu(true);
        await shown;
      }
      popup.activateItem(item);
    }`);
  }

  /** What the background page is doing: `running`, `stopped`, `starting` or `suspending`. */
  backgroundState(): Promise<unknown> {
    return this.#inWindow(
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
  async #inWindow(source: string): Promise<unknown> {
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

/** Packs the extension as an add-on of the profile, which stays installed over restarts. */
async function install(profile: string, id: string): Promise<void> {
  const folder = path.join(profile, 'extensions');
  await mkdir(folder, { recursive: true });
  const archive = new ZipFile();
  for (const entry of await readdir(EXTENSION, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) archive.addFile(file, path.relative(EXTENSION, file));
  }
  archive.end();
  await writeFile(path.join(folder, `${id}.xpi`), archive.outputStream);
}
