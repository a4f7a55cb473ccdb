import { browser } from 'wxt/browser';
import type { ViewState } from '../background/view-state.ts';
import type { JobProgress } from '../jobs/host.ts';

/**
 * Private windows. The extension runs once for all windows ("spanning"), the only way that both
 * browsers know, so what belongs to private ones is told apart here.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/incognito
 */
const PORT = 'private-view';

/** Whether this page is shown in a private window. */
export async function inPrivateWindow(): Promise<boolean> {
  // Firefox for Android has no windows.
  if (!Reflect.has(browser, 'windows')) return browser.extension.inIncognitoContext;
  return (await browser.windows.getCurrent()).incognito;
}

export async function privateWindowIsOpen(): Promise<boolean> {
  if (!Reflect.has(browser, 'windows')) return false;
  return (await browser.windows.getAll()).some(({ incognito }) => incognito);
}

/** Call synchronously at start. */
export function onPrivateWindowsClosed(listener: () => void): void {
  if (!Reflect.has(browser, 'windows')) return;
  browser.windows.onRemoved.addListener(() => {
    void privateWindowIsOpen().then((open) => (open ? undefined : listener()));
  });
}

export type PrivateNews = ViewState | { figures: JobProgress };

interface Port {
  postMessage: (news: unknown) => void;
}

const views = new Set<Port>();

/**
 * Views in private windows are told by ports: a broadcast would reach the others too, and in
 * Firefox does not reach them. Call synchronously at start.
 */
export function acceptPrivateViews(opened: () => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORT) return;
    views.add(port);
    port.onDisconnect.addListener(() => void views.delete(port));
    opened();
  });
}

export function tellPrivateViews(news: PrivateNews): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has none
  for (const view of views) view.postMessage(news);
}

/** Listens as a view. The background lets go of the port when it is stopped. */
export function connectPrivateView(listener: (news: PrivateNews) => void): void {
  const port = browser.runtime.connect({ name: PORT });
  port.onMessage.addListener((news: PrivateNews) => listener(news));
  port.onDisconnect.addListener(() => connectPrivateView(listener));
}
