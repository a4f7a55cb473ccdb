import { browser } from 'wxt/browser';
import { t } from './i18n.ts';

export interface ClickedPicture {
  src: string;
  tabId: number | undefined;
  frameId: number;
  pageUrl: string | undefined;
  pageTitle: string;
}

const PICTURE = 'share-image';

/** Adds the entry to pictures. Call synchronously at start, or the first click is missed. */
export function onPictureClicked(listener: (picture: ClickedPicture) => void): void {
  browser.runtime.onInstalled.addListener(() => void createMenu());
  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (info.menuItemId !== PICTURE || info.srcUrl === undefined) return;
    listener({
      src: info.srcUrl,
      tabId: tab?.id,
      frameId: info.frameId ?? 0,
      pageUrl: info.frameUrl ?? info.pageUrl ?? tab?.url,
      pageTitle: tab?.title ?? '',
    });
  });
}

async function createMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: PICTURE, title: t('menuSharePicture'), contexts: ['image'] });
}
