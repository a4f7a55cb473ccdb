import { textFile } from '../capture/text.ts';
import { t } from '../platform/i18n.ts';
import type { MenuChoice, PageSpot } from '../platform/menu.ts';
import { selectedText } from '../platform/page-text.ts';
import { openOptions, openUploadTab } from '../platform/tabs.ts';
import type { Intake } from './intake.ts';

export interface WaysIn {
  /** Something was chosen from a menu of the browser. */
  chosen: (choice: MenuChoice) => Promise<void>;
}

/** What menus and keys of the browser lead to. */
export function createWaysIn({ intake }: { intake: Intake }): WaysIn {
  async function shareText(text: string, { tabId, frameId, title }: PageSpot) {
    const whole = tabId === undefined ? undefined : await selectedText(tabId, frameId);
    await intake.files([textFile(whole || text, title, t('textName'))]);
  }

  return {
    async chosen(choice) {
      switch (choice.kind) {
        case 'media': {
          const { media, src, page } = choice;
          const { tabId, frameId, url, title } = page;
          await intake.picture({
            src,
            pageTitle: title,
            ...(media !== 'image' && { media }),
            ...(tabId !== undefined && { page: { tabId, frameId, url } }),
          });
          break;
        }
        case 'text':
          await shareText(choice.text, choice.page);
          break;
        case 'screenshot':
          break;
        case 'open':
          await (choice.place === 'options' ? openOptions() : openUploadTab(choice.place));
          break;
      }
    },
  };
}
