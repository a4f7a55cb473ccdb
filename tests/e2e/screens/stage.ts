import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { BackgroundCalls, ProgressNews } from '../../../src/extension/background/calls.ts';
import { ExtensionBrowser } from '../support/chromium.ts';
import { NOW } from './states.ts';

/** One picture of one page of the extension in one state. */
export interface Screen {
  /** Unique, in words joined by hyphens; the picture's file is called after it. */
  name: string;
  page: `${string}.html`;
  /** The part after the page, for example `#add`. */
  hash?: string;
  /** What the background answers; calls that are not named go to the real one. */
  answers: Answers;
  /** What the host says of running uploads. */
  progress?: readonly ProgressNews[];
  /** CSS pixels; a popup is 380 by 560, a tab 860 by 720, where nothing is said. */
  size?: { width?: number; height?: number };
  /** What has been stored before the page opens, by script in the page. */
  before?: (page: Page) => Promise<void>;
  /** What a person does before the picture is taken. */
  after?: (page: Page) => Promise<void>;
}

/** `never` keeps the page waiting for the answer. */
export type Answers = {
  [K in keyof BackgroundCalls]?: Awaited<ReturnType<BackgroundCalls[K]>> | 'never';
};

export const LOOKS = ['light', 'dark', 'forced', 'forced-dark'] as const;
export type Look = (typeof LOOKS)[number];

/** The same letters and colours on every machine that has the font DejaVu Sans. */
const SWITCHES = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
  '--force-device-scale-factor=1',
  '--hide-scrollbars',
];
const PINNED = `
  body { font-family: "DejaVu Sans", sans-serif !important; }
  * { animation: none !important; transition: none !important; caret-color: transparent !important; }
`;

/** The built extension in a browser, fed with states: nothing in it knows that it is on a stage. */
export class Stage {
  readonly #extension: ExtensionBrowser;

  private constructor(extension: ExtensionBrowser) {
    this.#extension = extension;
  }

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(path.join(tmpdir(), 'gett-stage-'));
    const extension = await ExtensionBrowser.make(path.join(folder, 'profile'));
    await extension.start(...SWITCHES);
    // News of the real background, which has some when it has started, would replace those of a stage.
    const page = await extension.open();
    await page.getByLabel('E-mail').waitFor();
    await page.close();
    return new Stage(extension);
  }

  /** Opens the screen in a new page. */
  async show(screen: Screen): Promise<Page> {
    const { context, id } = this.#extension;
    const page = await context.newPage();
    const popup = screen.page === 'popup.html';
    await page.setViewportSize({
      width: screen.size?.width ?? (popup ? 380 : 860),
      height: screen.size?.height ?? (popup ? 560 : 720),
    });
    // All pages have one clock: an earlier one may have stopped it.
    await page.clock.resume();
    await page.clock.setFixedTime(NOW);
    await dress(page, 'light');
    const url = `chrome-extension://${id}/${screen.page}${screen.hash ?? ''}`;
    if (screen.before) {
      await page.goto(url);
      await screen.before(page);
    }
    await page.addInitScript(answerCalls, screen.answers);
    await page.goto(url);
    await page.evaluate(pin, PINNED);
    await page.evaluate(ready);
    for (const news of screen.progress ?? []) await page.evaluate(broadcast, news);
    if (popup) await shrink(page, screen);
    await screen.after?.(page);
    if (popup) await shrink(page, screen);
    return page;
  }

  async close(): Promise<void> {
    await this.#extension.close();
  }
}

/** The browser makes the window of a popup as large as what it shows. */
async function shrink(page: Page, { size }: Screen): Promise<void> {
  const height = await page.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  await page.setViewportSize({ width: size?.width ?? 380, height: Math.min(height, 560) });
}

/** Changes the colours of a page that is open. */
export async function dress(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({
    colorScheme: look.endsWith('dark') ? 'dark' : 'light',
    forcedColors: look.startsWith('forced') ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
}

/** The whole page, or the popup as large as it is. */
export async function picture(page: Page, screen: Screen): Promise<Buffer> {
  await page.evaluate(settled);
  return screen.page === 'popup.html'
    ? page.locator('body').screenshot()
    : page.screenshot({ fullPage: true });
}

/** Runs in the page before its own scripts. */
function answerCalls(answers: Record<string, unknown>): void {
  interface Runtime {
    sendMessage: (message: { call?: string }) => Promise<unknown>;
  }
  const { chrome, browser } = globalThis as unknown as {
    chrome?: { runtime?: Runtime };
    browser?: { runtime?: Runtime };
  };
  localStorage.clear();
  for (const runtime of [chrome?.runtime, browser?.runtime]) {
    if (!runtime) continue;
    const send = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = (message) => {
      const { call = '' } = message;
      if (!(call in answers)) return send(message);
      if (answers[call] === 'never') return new Promise(() => undefined);
      return Promise.resolve({ ok: true, value: answers[call] });
    };
  }
}

/** Keys are heard once the first frame of the page's own code has been drawn. */
async function ready(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  while (!document.querySelector('.header')) await frame();
  await frame();
}

/** A style sheet made by script is the only one that the page's policy lets in. */
function pin(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

function broadcast(news: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  new BroadcastChannel('gett-progress').postMessage(news);
}

async function settled(): Promise<void> {
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  for (let frame = 0; frame < 2; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
