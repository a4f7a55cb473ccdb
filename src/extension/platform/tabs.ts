import { browser } from 'wxt/browser';

export async function openUploadTab(): Promise<void> {
  await browser.tabs.create({ url: '/share.html' });
}

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}
