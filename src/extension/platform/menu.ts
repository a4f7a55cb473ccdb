import { type Browser, browser } from 'wxt/browser';
import { type MessageKey, t } from './i18n.ts';
import { offerLinkedImage } from './linked-image.ts';
import { openPanel } from './panel.ts';

/** The page on which a menu was opened. */
export interface PageSpot {
  tabId: number | undefined;
  frameId: number;
  url: string | undefined;
  title: string;
  /** In a private window. */
  private: boolean;
}

export type ScreenshotShape = 'visible' | 'area' | 'full';

/** What was chosen from one of the extension's menus. */
export type MenuChoice =
  | { kind: 'media'; media: 'image' | 'video' | 'audio'; src: string; page: PageSpot }
  | { kind: 'text'; text: string; page: PageSpot }
  | { kind: 'screenshot'; shape: ScreenshotShape; page: PageSpot }
  | { kind: 'open'; place: 'choose' | 'recent' | 'options' };

type Context = `${Browser.contextMenus.ContextType}`;

interface Item {
  title: MessageKey;
  contexts: [Context, ...Context[]];
  parent?: keyof typeof ITEMS;
  /** Match patterns of the link or the picture. */
  targets?: string[];
  hidden?: true;
  only?: 'chromium' | 'firefox';
}

const ENDINGS = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'svg'];

/** Addresses of pictures. Paths in match patterns know capitals. */
const PICTURES = ENDINGS.flatMap((ending) => [ending, ending.toUpperCase()]).flatMap((ending) => [
  `*://*/*.${ending}`,
  `*://*/*.${ending}?*`,
]);

const isPicture = (address: string) =>
  new RegExp(String.raw`^https?://[^?#]+\.(${ENDINGS.join('|')})([?#]|$)`, 'i').test(address);

/**
 * The order is the one in which they are shown. In Chromium an entry whose children do not apply
 * is an entry like any other; so a picture that links to a picture opens a submenu, and every other
 * one does not. Firefox makes a submenu of its own where two entries apply.
 */
const ITEMS = {
  'share-image': { title: 'menuShare', contexts: ['image'] },
  'share-this-image': {
    title: 'menuShareThisImage',
    contexts: ['link'],
    parent: 'share-image',
    targets: PICTURES,
    only: 'chromium',
  },
  'share-linked-image': {
    title: 'menuShareLinkedImage',
    contexts: ['link'],
    parent: 'share-image',
    targets: PICTURES,
    only: 'chromium',
  },
  'share-link-of-image': {
    title: 'menuShareLinked',
    contexts: ['link'],
    hidden: true,
    only: 'firefox',
  },
  'share-video': { title: 'menuShare', contexts: ['video'] },
  'share-audio': { title: 'menuShare', contexts: ['audio'] },
  'share-text': { title: 'menuShareText', contexts: ['selection'] },
  screenshot: { title: 'menuScreenshot', contexts: ['page'] },
  'screenshot-visible': { title: 'screenshotVisible', contexts: ['page'], parent: 'screenshot' },
  'screenshot-area': { title: 'screenshotArea', contexts: ['page'], parent: 'screenshot' },
  'screenshot-full': { title: 'screenshotFull', contexts: ['page'], parent: 'screenshot' },
  choose: { title: 'menuChooseFiles', contexts: ['action'] },
  recent: { title: 'menuRecent', contexts: ['action'] },
  panel: { title: 'menuPanel', contexts: ['action'] },
  // Chromium has this entry of its own.
  options: { title: 'options', contexts: ['action'], only: 'firefox' },
} as const satisfies Record<string, Omit<Item, 'parent'> & { parent?: string }>;

/** Adds the entries. Call synchronously at start, or the first click is missed. */
export function onMenuChosen(listener: (choice: MenuChoice) => void): void {
  browser.runtime.onInstalled.addListener(() => void createMenus());
  if (import.meta.env.FIREFOX) offerLinkedImage('share-link-of-image', isPicture);
  browser.contextMenus.onClicked.addListener((info, tab) => {
    // Only here, within the click, may it be opened.
    if (info.menuItemId === 'panel') void openPanel(tab?.windowId);
    const choice = choiceOf(info, tab);
    if (choice) listener(choice);
  });
}

async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  const here = import.meta.env.FIREFOX ? 'firefox' : 'chromium';
  for (const [id, item] of Object.entries<Item>(ITEMS)) {
    if (item.only !== undefined && item.only !== here) continue;
    browser.contextMenus.create({
      id,
      title: t(item.title),
      contexts: item.contexts,
      ...(item.parent && { parentId: item.parent }),
      ...(item.targets && { targetUrlPatterns: item.targets }),
      ...(item.hidden && { visible: false }),
    });
  }
}

function choiceOf(
  info: Browser.contextMenus.OnClickData,
  tab: Browser.tabs.Tab | undefined,
): MenuChoice | undefined {
  const { srcUrl, linkUrl, selectionText: text = '' } = info;
  const page = {
    tabId: tab?.id,
    frameId: info.frameId ?? 0,
    url: info.frameUrl ?? info.pageUrl ?? tab?.url,
    title: tab?.title ?? '',
    private: tab?.incognito === true,
  };
  const media = (media: 'image' | 'video' | 'audio', src: string | undefined) =>
    src === undefined ? undefined : ({ kind: 'media', media, src, page } as const);
  switch (info.menuItemId) {
    case 'share-image':
    case 'share-this-image':
      return media('image', srcUrl);
    case 'share-linked-image':
    case 'share-link-of-image':
      return media('image', linkUrl);
    case 'share-video':
      return media('video', srcUrl);
    case 'share-audio':
      return media('audio', srcUrl);
    case 'share-text':
      return { kind: 'text', text, page };
    case 'screenshot-visible':
      return { kind: 'screenshot', shape: 'visible', page };
    case 'screenshot-area':
      return { kind: 'screenshot', shape: 'area', page };
    case 'screenshot-full':
      return { kind: 'screenshot', shape: 'full', page };
    case 'choose':
    case 'recent':
    case 'options':
      return { kind: 'open', place: info.menuItemId };
    default:
      return undefined;
  }
}
