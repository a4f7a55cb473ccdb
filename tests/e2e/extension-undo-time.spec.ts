import type { Page } from '@playwright/test';
import { UNDO_TIME } from '../../src/extension/background/removals.ts';
import type { Stage } from './screens/stage.ts';
import { NOW, RECENT, share, state } from './screens/states.ts';
import { expect, test } from './support/staged.ts';

/** How often the bar has asked the background to begin its six seconds anew. */
const holds = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { holds: number }).holds);

/** A popup with a share that is being deleted, and a clock that stands still. */
async function deleteOne(stage: Stage): Promise<Page> {
  const cat = share('cat.jpg', 3);
  const removal = { key: cat.sharename, kind: 'share', label: 'cat.jpg', due: NOW } as const;
  const page = await stage.show({
    name: 'popup',
    page: 'popup.html',
    answers: {
      'view.open': state({ shares: [cat, ...RECENT], removals: [removal] }),
      'removal.hold': 'never',
    },
  });
  await page.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage: (message: { call?: string }) => Promise<unknown> } };
    };
    const counted = { holds: 0 };
    Object.defineProperty(globalThis, 'holds', { get: () => counted.holds });
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    chrome.runtime.sendMessage = (message) => {
      if (message.call === 'removal.hold') counted.holds += 1;
      return send(message);
    };
  });
  await page.clock.pauseAt(NOW + 1_000);
  return page;
}

/** Lets a minute pass in steps that are shorter than the time to undo; gives how often it was held in each. */
async function minute(page: Page): Promise<number[]> {
  const step = UNDO_TIME / 2;
  const held: number[] = [];
  for (let passed = 0; passed < 60_000; passed += step) {
    const before = await holds(page);
    await page.clock.runFor(step);
    held.push((await holds(page)) - before);
  }
  return held;
}

test('a deletion waits for who is on it with the keyboard alone, and no longer', async ({
  stage,
}) => {
  const page = await deleteOne(stage);
  await page.getByRole('button', { name: 'Search your shares' }).focus();
  expect(Math.max(...(await minute(page)))).toBe(0);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Undo: cat.jpg' })).toBeFocused();
  expect(Math.min(...(await minute(page)))).toBeGreaterThan(0);
  await page.keyboard.press('ArrowDown');
  await page.clock.runFor(1_000);
  expect(Math.max(...(await minute(page)))).toBe(0);
  await page.close();
});

test('a deletion waits while the pointer is on it, and no longer', async ({ stage }) => {
  const page = await deleteOne(stage);
  await page.getByText('Deleted cat.jpg').hover();
  await page.clock.runFor(1_000);
  expect(Math.min(...(await minute(page)))).toBeGreaterThan(0);
  await page.mouse.move(0, 0);
  await page.clock.runFor(1_000);
  expect(Math.max(...(await minute(page)))).toBe(0);
  await page.close();
});
