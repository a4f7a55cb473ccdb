import { browser } from 'wxt/browser';

/** Of the extension. */
export function version(): string {
  return browser.runtime.getManifest().version;
}

/** Another one has other texts, or looks different. */
export function edition(): string {
  return `${version()} ${browser.i18n.getUILanguage()}`;
}

/**
 * Tells that the extension has been installed, and how. Call synchronously at start.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/management/ExtensionInfo
 */
export function onInstalled(listener: (installType: string) => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install') return;
    void browser.management.getSelf().then(({ installType }) => listener(installType));
  });
}

export async function openWelcome(): Promise<void> {
  await browser.tabs.create({ url: '/welcome.html' });
}
