import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  test as base,
  type CDPSession,
  chromium,
  expect,
  type Page,
  type Worker,
} from '@playwright/test';
import { EXTENSION, extensionId } from '../../../scripts/lib/extension.mjs';
import { startServer, type TestServer } from '../../support/server.ts';
import { USER } from './account.ts';
import { Display } from './display.ts';

export { expect, USER };

export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Match patterns of hosts. A pattern without a port covers every port. */
export interface Hosts {
  /** Granted from the first moment. */
  active: string[];
  /** Granted without a question when the extension asks. */
  onRequest: string[];
  /** Optional permissions of other kinds, granted from the first moment. */
  api?: string[];
  /** And those that are granted without a question when the extension asks. */
  apiOnRequest?: string[];
  /** Allowed in private windows. */
  incognito?: boolean;
}

/** A Chromium with the extension, on a profile of its own. */
export class ExtensionBrowser {
  readonly id: string;
  readonly profile: string;
  readonly display: Display | undefined;
  #context: BrowserContext | undefined;
  #cdp: CDPSession | undefined;
  /** Further connections. What they still do when the browser goes fails the test after this one. */
  readonly #connections: Browser[] = [];
  /** What a session emulates lasts until the same one ends it. */
  readonly #emulations = new Map<string, string>();

  private constructor(id: string, profile: string, display: Display | undefined) {
    this.id = id;
    this.profile = profile;
    this.display = display;
  }

  static async make(profile: string, display?: Display): Promise<ExtensionBrowser> {
    if (!existsSync(path.join(EXTENSION, 'manifest.json'))) {
      throw new Error('The extension is not built; run: node scripts/build.mjs extension');
    }
    return new ExtensionBrowser(await extensionId(EXTENSION), profile, display);
  }

  /** Answers the questions for host permissions beforehand. Before the first start only. */
  grant({ active, onRequest, api = [], apiOnRequest = [], incognito = false }: Hosts): void {
    const set = (hosts: string[], api: string[] = []) => ({
      api,
      explicit_host: hosts,
      manifest_permissions: [],
      scriptable_host: [],
    });
    const own = {
      ...(incognito && { incognito }),
      ...(active.length + api.length > 0 && { active_permissions: set(active, api) }),
      ...(onRequest.length + api.length + apiOnRequest.length > 0 && {
        runtime_granted_permissions: set(onRequest, [...api, ...apiOnRequest]),
      }),
    };
    mkdirSync(path.join(this.profile, 'Default'), { recursive: true });
    writeFileSync(
      path.join(this.profile, 'Default', 'Preferences'),
      JSON.stringify({
        extensions: { ui: { developer_mode: true }, settings: { [this.id]: own } },
      }),
    );
  }

  /** @param switches further switches of the command line. */
  async start(...switches: string[]): Promise<void> {
    const { display } = this;
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM,
      headless: !display,
      ...(display && { viewport: null, env: { ...process.env, DISPLAY: display.name } }),
      args: [
        `--disable-extensions-except=${EXTENSION}`,
        `--load-extension=${EXTENSION}`,
        '--remote-debugging-port=0',
        '--lang=en-US',
        ...switches,
        ...(display ? ['--window-position=0,0', '--window-size=1200,800'] : []),
      ],
    });
    const browser = this.#context.browser();
    if (!browser) throw new Error('The browser has gone.');
    this.#cdp = await browser.newBrowserCDPSession();
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('The browser is not running.');
    return this.#context;
  }

  async worker(): Promise<Worker> {
    const own = (worker: Worker) => new URL(worker.url()).host === this.id;
    return (
      this.context.serviceWorkers().find(own) ??
      (await this.context.waitForEvent('serviceworker', { predicate: own }))
    );
  }

  /** Opens one of the extension's pages in a tab. */
  async open(
    file:
      | 'popup.html'
      | 'share.html'
      | 'options.html'
      | 'welcome.html'
      | 'sidepanel.html' = 'popup.html',
  ): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.id}/${file}`);
    return page;
  }

  /** Clicks the toolbar button over the tab: gives activeTab, and the popup as a page. */
  async clickToolbarButton(tabUrl: string): Promise<Page> {
    const tab = await this.#find('tab', tabUrl);
    // Not in Playwright's types yet.
    await this.#send('Extensions.triggerAction', { id: this.id, targetId: tab?.targetId });
    return this.openPopup();
  }

  /** The popup that is open, or is about to open. */
  async openPopup(): Promise<Page> {
    await expect.poll(() => this.#find('page', `${this.id}/popup.html`)).toBeTruthy();
    return this.#attachToPopup();
  }

  /** Runs the listener of the context menu in the worker, as a click on a picture does. */
  async dispatchMenu(page: Page, src: string): Promise<void> {
    await this.chooseFromMenu(page, { menuItemId: 'share-image', mediaType: 'image', srcUrl: src });
  }

  /** The same for any entry. Gives no access to the tab, which only a real click does. */
  async chooseFromMenu(page: Page, info: { menuItemId: string; [fact: string]: unknown }) {
    await page.bringToFront();
    const worker = await this.worker();
    await worker.evaluate(
      async (info) => {
        const { chrome } = globalThis as unknown as { chrome: MenuApi };
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        chrome.contextMenus.onClicked.dispatch({ frameId: 0, editable: false, ...info }, tab);
      },
      { pageUrl: page.url(), ...info },
    );
  }

  async badge(): Promise<string> {
    return (await this.worker()).evaluate(() =>
      (globalThis as unknown as { chrome: BadgeApi }).chrome.action.getBadgeText({}),
    );
  }

  /** What the toolbar button is called. */
  async title(): Promise<string> {
    return (await this.worker()).evaluate(() =>
      (globalThis as unknown as { chrome: BadgeApi }).chrome.action.getTitle({}),
    );
  }

  /** Takes the network away from the extension, or gives it back, as the browser sees it. */
  async setOffline(offline: boolean): Promise<void> {
    for (const type of ['service_worker', 'background_page', 'page']) {
      const target = await this.#find(type, this.id);
      if (!target) continue;
      const { targetId } = target;
      const sessionId =
        this.#emulations.get(targetId) ??
        (await this.#session.send('Target.attachToTarget', { targetId })).sessionId;
      this.#emulations.set(targetId, sessionId);
      const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
      const calls = [
        { id: 1, method: 'Network.enable', params: {} },
        { id: 2, method: 'Network.emulateNetworkConditions', params: conditions },
      ];
      for (const call of calls) {
        const message = JSON.stringify(call);
        await this.#session.send('Target.sendMessageToTarget', { sessionId, message });
      }
    }
  }

  /** Host permissions that the extension holds. */
  async origins(): Promise<string[]> {
    const worker = await this.worker();
    const { origins } = await worker.evaluate(() =>
      (globalThis as unknown as { chrome: PermissionsApi }).chrome.permissions.getAll(),
    );
    return origins;
  }

  /** What is on the clipboard, read by an ordinary page that may. */
  async clipboard(page: Page): Promise<string> {
    const origin = new URL(page.url()).origin;
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    await page.bringToFront();
    return page.evaluate(() => navigator.clipboard.readText());
  }

  async stopWorker(): Promise<void> {
    const worker = await this.#find('service_worker', this.id);
    if (worker) await this.#send('Target.closeTarget', { targetId: worker.targetId });
    await expect.poll(() => this.workerRuns()).toBe(false);
  }

  async workerRuns(): Promise<boolean> {
    return (await this.#find('service_worker', this.id)) !== undefined;
  }

  /** Ends the browser at once, as a power cut does. */
  async crash(): Promise<void> {
    const { processInfo } = await this.#session.send('SystemInfo.getProcessInfo');
    const browser = processInfo.find(({ type }) => type === 'browser');
    await this.#disconnect();
    const closed = this.context.waitForEvent('close');
    // The browser leads a group of its own: none of its processes gets to write anything more.
    process.kill(-Number(browser?.id), 'SIGKILL');
    await closed;
  }

  /** Starts the browser once more, on the same profile. */
  async restart(...switches: string[]): Promise<void> {
    await this.#disconnect();
    await this.#context?.close();
    await this.start(...switches);
  }

  async close(): Promise<void> {
    await this.#disconnect();
    await this.#context?.close().catch(() => undefined);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Playwright does not see an action's popup; a second connection made now does. */
  async #attachToPopup(): Promise<Page> {
    const [port] = readFileSync(path.join(this.profile, 'DevToolsActivePort'), 'utf8').split('\n');
    const second = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    this.#connections.push(second);
    const find = () =>
      second
        .contexts()
        .flatMap((context) => context.pages())
        .find((page) => page.url().endsWith('/popup.html'));
    // Its address may come a moment after the page itself.
    await expect.poll(() => find() !== undefined).toBe(true);
    const popup = find();
    if (!popup) throw new Error('The popup is not open.');
    return popup;
  }

  async #disconnect(): Promise<void> {
    for (const connection of this.#connections.splice(0)) await connection.close();
  }

  get #session(): CDPSession {
    if (!this.#cdp) throw new Error('The browser is not running.');
    return this.#cdp;
  }

  #send(method: string, params: object): Promise<unknown> {
    return this.#session.send(method as 'Target.closeTarget', params as { targetId: string });
  }

  async #find(type: string, url: string) {
    const { targetInfos } = await this.#session.send('Target.getTargets', { filter: [{}] });
    return targetInfos.find((target) => target.type === type && target.url.includes(url));
  }
}

interface MenuApi {
  tabs: { query: (filter: object) => Promise<object[]> };
  contextMenus: { onClicked: { dispatch: (info: object, tab: object | undefined) => void } };
}
interface BadgeApi {
  action: {
    getBadgeText: (details: object) => Promise<string>;
    getTitle: (details: object) => Promise<string>;
  };
}
interface PermissionsApi {
  permissions: { getAll: () => Promise<{ origins: string[] }> };
}

interface Fixtures {
  hosts: Hosts;
  server: TestServer;
  extension: ExtensionBrowser;
}

/** Gives each test a server with one account, and a browser with the extension. */
export const test = base.extend<Fixtures, { display: Display | undefined }>({
  hosts: [
    { active: [], onRequest: ['http://127.0.0.1/*'], api: ['clipboardWrite'] },
    { option: true },
  ],
  display: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
    async ({}, use, info) => {
      if (info.project.metadata['desktop'] !== true) return use(undefined);
      const display = await Display.start();
      await use(display);
      display.stop();
    },
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  server: async ({}, use) => {
    const server = await startServer();
    await server.addUser(USER);
    await use(server);
    await server.stop();
  },
  extension: async ({ hosts, display }, use, info) => {
    const extension = await ExtensionBrowser.make(info.outputPath('profile'), display);
    extension.grant(hosts);
    await extension.start();
    await use(extension);
    await extension.close();
  },
});
