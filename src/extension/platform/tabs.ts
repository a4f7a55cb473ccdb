import { browser } from 'wxt/browser';

/** @param part what the tab opens at. */
export async function openUploadTab(part?: 'choose' | 'recent'): Promise<void> {
  await browser.tabs.create({ url: `/share.html${part === undefined ? '' : `#${part}`}` });
}

export async function openShare(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}
