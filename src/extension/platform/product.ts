import { browser } from 'wxt/browser';

/** Of the extension. */
export function version(): string {
  return browser.runtime.getManifest().version;
}

/** Tells of the first start after installing. Call synchronously at start. */
export function onInstalled(listener: (how: { development: boolean }) => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason !== 'install') return;
    void browser.management
      .getSelf()
      .then(({ installType }) => listener({ development: installType === 'development' }));
  });
}

/** @param front whether it comes before what the user looks at */
export async function openWelcome(front: boolean): Promise<void> {
  await browser.tabs.create({ url: '/welcome.html', active: front });
}
