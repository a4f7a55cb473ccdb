import { browser } from 'wxt/browser';

/** @param at what the tab shows first. */
export async function openUploadTab(at?: string): Promise<void> {
  await browser.tabs.create({ url: at === undefined ? '/share.html' : `/share.html#${at}` });
}

export async function openShare(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

/** @param section a part of the page */
export async function openOptions(section?: string): Promise<void> {
  if (section === undefined) await browser.runtime.openOptionsPage();
  else await browser.tabs.create({ url: `/options.html#${section}` });
}
