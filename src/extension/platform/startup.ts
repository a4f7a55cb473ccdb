import { browser } from 'wxt/browser';

/**
 * The browser has started. Without a listener nothing would start the background until somebody
 * opens the popup, and interrupted uploads would wait for that.
 */
export function onBrowserStart(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener);
}
