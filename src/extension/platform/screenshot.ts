import { type Browser, browser } from 'wxt/browser';
import type { PageTab } from './messages.ts';

/** Chromium takes two pictures a second at most; a busy machine counts a little differently. */
const PAUSE = 600;

/** A page as long as it is, in CSS pixels, and what of it the window shows. */
export interface PageSize {
  /** Without the scroll bar. */
  width: number;
  height: number;
  /** Of the window, scroll bars included: what a picture of it shows. */
  window: { width: number; height: number };
  /** What of the page's height the window shows at a time. */
  step: number;
}

/** The tab that is in front: of the given window, else of the one used last. */
export async function frontTab(): Promise<PageTab | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return tab && describe(tab);
}

/** `undefined` when the tab has been closed. */
export async function tabOf(id: number): Promise<(PageTab & { inFront: boolean }) | undefined> {
  try {
    const tab = await browser.tabs.get(id);
    const page = describe(tab);
    return page && { ...page, inFront: tab.active };
  } catch {
    return undefined;
  }
}

export async function bringToFront(id: number): Promise<void> {
  await browser.tabs.update(id, { active: true });
}

function describe(tab: Browser.tabs.Tab): PageTab | undefined {
  const { id, windowId, title = '', incognito } = tab;
  return id === undefined ? undefined : { id, windowId, title, private: incognito };
}

/** When the browser gave the last picture: a busy one counts it long after it was asked. */
let last = 0;

/**
 * What the tab shows. Rejects when another tab is in front, since that one would be in the picture,
 * and when the browser gives no access.
 */
export async function pictureOfTab({ id, windowId }: PageTab): Promise<ImageBitmap> {
  const wait = last + PAUSE - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  if (!(await tabOf(id))?.inFront) throw new Error('The tab is not in front.');
  last = Date.now();
  const taken = browser.tabs.captureVisibleTab(windowId, { format: 'png' });
  const url = await taken.finally(() => (last = Date.now()));
  const response = await fetch(url);
  return createImageBitmap(await response.blob());
}

/** Rejects where the browser allows no script. */
export function beginLongPicture(tabId: number): Promise<PageSize> {
  return inPage(tabId, measurePage, []);
}

/** Scrolls to a place in the page, and says where that has led to. */
export function scrollPage(tabId: number, top: number): Promise<number> {
  return inPage(tabId, moveTo, [top]);
}

/** Puts the page back as it was. */
export async function endLongPicture(tabId: number): Promise<void> {
  await inPage(tabId, restorePage, []).catch(() => undefined);
}

/** Where a picture of the page is in the window; `undefined` when it is not there any more. */
export function findPicture(
  tabId: number,
  frameId: number,
  src: string,
): Promise<FoundPicture | null> {
  return inPage(tabId, showPicture, [src], frameId);
}

export interface FoundPicture {
  rect: { x: number; y: number; width: number; height: number };
  window: { width: number; height: number };
}

async function inPage<A extends unknown[], R>(
  tabId: number,
  func: (...args: A) => R,
  args: A,
  frameId = 0,
): Promise<Awaited<R>> {
  const [answer] = await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    func,
    args,
  });
  // `null` is an answer, nothing is none.
  if (answer?.result === undefined) throw new Error('The page gave no answer.');
  return answer.result;
}

// What follows runs in pages, so it may use nothing from outside itself.

interface Before {
  x: number;
  y: number;
  hidden: { element: HTMLElement; visibility: string; priority: string }[];
}

declare global {
  /** How the page was, in the extension's own world of it. */
  var gettBefore: Before | undefined;
}

function measurePage(): PageSize {
  globalThis.gettBefore = { x: scrollX, y: scrollY, hidden: [] };
  const root = document.scrollingElement ?? document.documentElement;
  const { clientWidth, clientHeight } = document.documentElement;
  return {
    width: clientWidth || innerWidth,
    height: Math.max(root.scrollHeight, clientHeight || innerHeight),
    window: { width: innerWidth, height: innerHeight },
    step: clientHeight || innerHeight,
  };
}

async function moveTo(top: number): Promise<number> {
  const before = globalThis.gettBefore;
  const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));
  scrollTo({ left: 0, top, behavior: 'instant' });
  // What stays in its place while the page is scrolled would be in every part of the picture.
  if (top > 0 && before && before.hidden.length === 0) {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const { position } = getComputedStyle(element);
      if (position !== 'fixed' && position !== 'sticky') continue;
      before.hidden.push({
        element,
        visibility: element.style.getPropertyValue('visibility'),
        priority: element.style.getPropertyPriority('visibility'),
      });
      element.style.setProperty('visibility', 'hidden', 'important');
    }
  }
  // Pictures that are loaded when they come into view get a moment for it.
  const late = [...document.images].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return bottom > 0 && top < innerHeight && !image.complete;
  });
  await Promise.race([
    Promise.all(late.map((image) => image.decode().catch(() => undefined))),
    new Promise((resolve) => setTimeout(resolve, 2_000)),
  ]);
  await painted();
  await painted();
  return scrollY;
}

function restorePage(): true {
  const before = globalThis.gettBefore;
  globalThis.gettBefore = undefined;
  for (const { element, visibility, priority } of before?.hidden ?? []) {
    if (visibility === '') element.style.removeProperty('visibility');
    else element.style.setProperty('visibility', visibility, priority);
  }
  if (before) scrollTo({ left: before.x, top: before.y, behavior: 'instant' });
  return true;
}

async function showPicture(src: string): Promise<FoundPicture | null> {
  // The place of a frame within its page is not known inside it.
  if (self !== top) return null;
  const image = [...document.images].find(({ currentSrc }) => currentSrc === src);
  if (!image) return null;
  image.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  const { x, y, width, height } = image.getBoundingClientRect();
  return {
    rect: { x, y, width, height },
    window: { width: innerWidth, height: innerHeight },
  };
}
