import { browser } from 'wxt/browser';
import type { ChosenArea } from '../overlay/area.ts';
import { onPageMessage, type PageTab } from './messages.ts';

declare global {
  /** In the extension's own world of a page, which the page's scripts do not see. */
  var gettChoosing: boolean | undefined;
}

/** Shows the overlay in a tab. Rejects where the browser allows no script. */
export async function letChooseArea(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: ['/select-area.js'] });
}

/** Runs in the page: only one overlay at a time. */
export async function reportArea(choose: () => Promise<ChosenArea | undefined>): Promise<void> {
  if (globalThis.gettChoosing) return;
  globalThis.gettChoosing = true;
  try {
    const area = await choose();
    if (area) await browser.runtime.sendMessage({ area });
  } finally {
    globalThis.gettChoosing = false;
  }
}

/** Call synchronously at start: choosing takes longer than the background lives. */
export function onAreaChosen(listener: (area: ChosenArea, tab: PageTab) => void): void {
  onPageMessage((message, tab) => {
    const area = decode(message);
    if (area && tab) listener(area, tab);
  });
}

function decode(message: unknown): ChosenArea | undefined {
  const area = field(message, 'area');
  const rect = field(area, 'rect');
  const window = field(area, 'window');
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => length(rect, name));
  const [viewWidth, viewHeight] = ['width', 'height'].map((name) => length(window, name));
  if (x === undefined || y === undefined || !width || !height || !viewWidth || !viewHeight) {
    return undefined;
  }
  return { rect: { x, y, width, height }, window: { width: viewWidth, height: viewHeight } };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function length(value: unknown, name: string): number | undefined {
  const number = field(value, name);
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}
