import type { Page } from '@playwright/test';
import type { ViewState } from '../../../src/extension/background/view-state.ts';
import { Stage } from '../screens/stage.ts';
import { state } from '../screens/states.ts';
import { test as base } from './chromium.ts';

export { expect } from '@playwright/test';

/** Pages of the extension that are fed with states. */
export const test = base.extend<object, { stage: Stage }>({
  stage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
    async ({}, use) => {
      const stage = await Stage.open();
      await use(stage);
      await stage.close();
    },
    { scope: 'worker' },
  ],
});

/** What the background says next. */
export async function tell(page: Page, over: Partial<ViewState>): Promise<void> {
  await page.evaluate((news) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    new BroadcastChannel('gett-view').postMessage(news);
  }, state(over));
}

/** What has the keyboard, by its name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing';
    return element.getAttribute('aria-label') || element.id || element.textContent.trim();
  });
