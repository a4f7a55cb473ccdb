import { browser } from 'wxt/browser';
import type { ChosenArea } from '../overlay/area.ts';
import { onPageMessage, type PageTab } from './messages.ts';

declare global {
  /** In the extension's own world of a page, which the page's scripts do not see. */
  var gettChoosing: boolean | undefined;
  var gettOrder: AreaOrder | undefined;
}

/** What the chosen part is for. It waits in the page, which outlives the background. */
export interface AreaOrder {
  /** It was asked for by right-click. */
  clicked: boolean;
  /** The job whose picture could not be taken before. */
  again?: string;
}

/** Shows the overlay in a tab. Rejects where the browser allows no script. */
export async function letChooseArea(tabId: number, order: AreaOrder): Promise<void> {
  const target = { tabId };
  await browser.scripting.executeScript({ target, func: noteOrder, args: [order] });
  await browser.scripting.executeScript({ target, files: ['/select-area.js'] });
}

/** Runs in the page, so it may use nothing from outside itself. */
function noteOrder(order: AreaOrder): void {
  globalThis.gettOrder = order;
}

/** Runs in the page: only one overlay at a time. */
export async function reportArea(choose: () => Promise<ChosenArea | undefined>): Promise<void> {
  if (globalThis.gettChoosing) return;
  globalThis.gettChoosing = true;
  try {
    const area = await choose();
    if (area) await browser.runtime.sendMessage({ area, order: globalThis.gettOrder });
  } finally {
    globalThis.gettChoosing = false;
  }
}

/** Call synchronously at start: choosing takes longer than the background lives. */
export function onAreaChosen(
  listener: (area: ChosenArea, tab: PageTab, order: AreaOrder) => void,
): void {
  onPageMessage((message, tab) => {
    const area = decode(message);
    if (area && tab) listener(area, tab, decodeOrder(field(message, 'order')));
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

function decodeOrder(order: unknown): AreaOrder {
  const again = field(order, 'again');
  const clicked = field(order, 'clicked') === true;
  return { clicked, ...(typeof again === 'string' && { again }) };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function length(value: unknown, name: string): number | undefined {
  const number = field(value, name);
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}
