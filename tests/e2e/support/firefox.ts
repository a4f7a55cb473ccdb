import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { at } from '../../../scripts/lib/project.mjs';

const FIREFOX = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';
const EXTENSION = at('.output/firefox-mv3');
/** Where Firefox puts the extension's pages; the same in every run. */
const HOST = '11111111-2222-4333-8444-555555555555';

/**
 * A headless Firefox with the extension, on a profile that goes with it. Playwright drives no
 * stock Firefox, so WebDriver BiDi is spoken by Puppeteer, as a library.
 */
export class FirefoxBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<FirefoxBrowser> {
    const manifest = path.join(EXTENSION, 'manifest.json');
    if (!existsSync(manifest)) {
      throw new Error('The extension is not built; run: node scripts/build.mjs extension-firefox');
    }
    const { browser_specific_settings: settings } = JSON.parse(readFileSync(manifest, 'utf8'));
    const browser = await launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: true,
      defaultViewport: null,
      // Without it a page of the extension may not be opened by a script.
      args: ['--remote-allow-system-access', '--width=1000', '--height=700'],
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [settings.gecko.id]: HOST }),
        // Host permissions that the extension asks for are granted without a question.
        'extensions.webextOptionalPermissionPrompts': false,
        'dom.events.testing.asyncClipboard': true,
      },
    });
    await browser.installExtension(EXTENSION);
    return new FirefoxBrowser(browser);
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

  stop(): Promise<void> {
    return this.#browser.close();
  }
}
