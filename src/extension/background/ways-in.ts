import { textFile } from '../capture/text.ts';
import type { JobSource } from '../jobs/job.ts';
import type { ChosenArea } from '../overlay/area.ts';
import type { Offer } from '../platform/address-bar.ts';
import type { AreaOrder } from '../platform/area.ts';
import type { Command } from '../platform/commands.ts';
import { t } from '../platform/i18n.ts';
import type { MenuChoice, PageSpot, ScreenshotShape } from '../platform/menu.ts';
import type { PageTab } from '../platform/messages.ts';
import { selectedText } from '../platform/page-text.ts';
import { frontTab, tabOf } from '../platform/screenshot.ts';
import { openOptions, openUploadTab } from '../platform/tabs.ts';
import type { Settings } from '../settings/settings.ts';
import type { Intake } from './intake.ts';
import type { RecentShares } from './recent.ts';
import { offersFor } from './share-offers.ts';
import { areaOf, chosenPart, fullPage, nameOfPicture, visiblePart } from './snapshots.ts';

export interface WaysIn {
  /** Something was chosen from a menu of the browser. */
  chosen: (choice: MenuChoice) => Promise<void>;
  /** Takes a picture of a tab; of the one in front if there is no other. */
  screenshot: (shape: ScreenshotShape, tabId?: number) => Promise<void>;
  /** Of screenshots. */
  format: WaysInParts['format'];
  /** A key was pressed. */
  pressed: (command: Command, tabId: number | undefined) => Promise<void>;
  /** Own shares for words in the address bar. */
  offers: (words: string) => Promise<Offer[]>;
  /** A picture of the page in front was dragged into a view. */
  pictureDropped: (src: string) => Promise<void>;
  /** A part of a page has been chosen in it. */
  areaChosen: (area: ChosenArea, tab: PageTab, order: AreaOrder) => Promise<void>;
}

export interface WaysInParts {
  intake: Intake;
  find: RecentShares['find'];
  /** Of screenshots. */
  format: () => Settings['screenshotType'];
}

/** What menus and keys of the browser lead to. */
export function createWaysIn({ intake, find, format }: WaysInParts): WaysIn {
  async function shareText(text: string, { tabId, frameId, title, private: secret }: PageSpot) {
    const whole = tabId === undefined ? undefined : await selectedText(tabId, frameId);
    const file = textFile(whole || text, title, t('textName'));
    await intake.files({ files: [file], private: secret, clicked: true });
  }

  async function screenshot(shape: ScreenshotShape, tabId?: number, clicked = false) {
    const tab = await (tabId === undefined ? frontTab() : tabOf(tabId));
    if (!tab) return;
    const what = { ...picture(tab, shape, format()), clicked };
    switch (shape) {
      case 'visible':
        return intake.capture(what, () => visiblePart(tab.id, format()));
      case 'full':
        return intake.capture(what, () => fullPage(tab, format()));
      case 'area': {
        const obstacle = await areaOf(tab.id, { clicked });
        return obstacle && intake.capture(what, async () => obstacle);
      }
    }
  }

  return {
    screenshot: (shape, tabId) => screenshot(shape, tabId),
    format,
    pressed: (command, tabId) =>
      command === 'choose-files' ? openUploadTab('choose') : screenshot('area', tabId),
    offers: (words) => offersFor(words, find),
    async pictureDropped(src) {
      const tab = await frontTab();
      const page = tab && {
        page: { tabId: tab.id, frameId: 0, url: undefined },
        private: tab.private,
      };
      await intake.picture({ src, pageTitle: tab?.title ?? '', ...page });
    },
    areaChosen: (area, tab, order) =>
      intake.capture({ ...picture(tab, 'area', format()), ...order }, () =>
        chosenPart(area, tab, format()),
      ),
    async chosen(choice) {
      switch (choice.kind) {
        case 'media': {
          const { media, src, page } = choice;
          const { tabId, frameId, url, title } = page;
          const source = {
            src,
            pageTitle: title,
            private: page.private,
            ...(media !== 'image' && { media }),
            ...(tabId !== undefined && { page: { tabId, frameId, url } }),
          };
          await intake.picture(source, true);
          break;
        }
        case 'text':
          await shareText(choice.text, choice.page);
          break;
        case 'screenshot':
          await screenshot(choice.shape, choice.page.tabId, true);
          break;
        case 'open':
          await (choice.place === 'options' ? openOptions() : openUploadTab(choice.place));
          break;
      }
    },
  };
}

function picture(
  { id, title, private: secret }: PageTab,
  shape: ScreenshotShape,
  format: Settings['screenshotType'],
) {
  const source: JobSource = { kind: 'screenshot', tabId: id, shape };
  return { source, name: nameOfPicture(title, format), private: secret };
}
