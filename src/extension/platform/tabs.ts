import { browser } from 'wxt/browser';

/** @param part what the tab opens at. */
export async function openUploadTab(part?: 'choose' | 'recent'): Promise<void> {
  await browser.tabs.create({ url: `/share.html${part === undefined ? '' : `#${part}`}` });
}

export async function openShare(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

/** @param section a part of the page */
export async function openOptions(section?: string): Promise<void> {
  if (section === undefined) await browser.runtime.openOptionsPage();
  else await browser.tabs.create({ url: `/options.html#${section}` });
}
