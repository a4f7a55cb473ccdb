import type { Page } from '@playwright/test';
import type { JobView, ViewState } from '../../src/extension/background/view-state.ts';
import type { Screen } from './screens/stage.ts';
import { Stage } from './screens/stage.ts';
import { account, job, NOW, RECENT, SIGNED_OUT, share, state } from './screens/states.ts';
import { test as base, expect } from './support/chromium.ts';

const test = base.extend<object, { stage: Stage }>({
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

const popup = (over: Partial<ViewState> = {}, more: Partial<Screen> = {}): Screen => ({
  name: 'popup',
  page: 'popup.html',
  answers: { 'view.open': state(over), 'removal.hold': 'never', 'batch.cancel': 'never' },
  ...more,
});

/** What the background says next. */
async function tell(page: Page, over: Partial<ViewState>): Promise<void> {
  await page.evaluate((news) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    new BroadcastChannel('gett-view').postMessage(news);
  }, state(over));
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing';
    const labelled = element.getAttribute('aria-label') ?? element.id;
    return labelled || element.textContent.trim();
  });

const film = (over: Partial<JobView> = {}) =>
  job({ id: 'film', name: 'beach.mov', size: 440_000_000, ...over });

test.describe('when the popup opens, the keyboard is on', () => {
  const places: [string, Partial<ViewState>, string][] = [
    ['the e-mail of who is signed out', { account: SIGNED_OUT }, 'sign-in-email'],
    [
      'the password of whose sign-in has ended',
      { account: account({ status: 'ended' }), shares: RECENT },
      'sign-in-password',
    ],
    [
      'the first problem',
      { jobs: [film({ state: 'waiting', reason: { kind: 'network' } })] },
      'Try again',
    ],
    ['the banner that is above it', { reachable: false, shares: RECENT }, 'Try now'],
    ['the choice of files, where all is well', { shares: RECENT }, 'Choose files'],
  ];
  for (const [place, over, name] of places) {
    test(place, async ({ stage }) => {
      const page = await stage.show(popup(over));
      await expect.poll(() => focused(page)).toBe(name);
      await page.close();
    });
  }
});

test('what is on its way is one stop of Tab; arrows move, Delete cancels, the focus stays', async ({
  stage,
}) => {
  const cat = job({ id: 'cat', name: 'cat.jpg', state: 'announced' });
  const dog = job({ id: 'dog', name: 'dog.jpg', state: 'announced' });
  const page = await stage.show(popup({ jobs: [film(), cat, dog], shares: RECENT }));
  await page.getByRole('button', { name: 'Pause all' }).focus();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Copy link to beach.mov');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Search your shares');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('Copy link to cat.jpg');

  // A row that goes hands the keyboard to the next one.
  await tell(page, { jobs: [film(), dog], shares: RECENT });
  await expect.poll(() => focused(page)).toBe('Copy link to dog.jpg');
  await page.keyboard.press('Delete');
  const undo = { key: dog.batch, kind: 'batch', label: 'dog.jpg', due: NOW + 6_000 } as const;
  await tell(page, { jobs: [film()], shares: RECENT, removals: [undo] });
  await expect.poll(() => focused(page)).toMatch(/^Undo: dog\.jpg|^Copy link to beach\.mov/);
  await page.getByRole('button', { name: 'Copy link to beach.mov' }).focus();
  // The last one, to what is left.
  await tell(page, { shares: RECENT });
  await expect.poll(() => focused(page)).toBe('recent');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Copy link to lake-at-dusk.jpg');
  await tell(page, { shares: [] });
  await expect.poll(() => focused(page)).toBe('Choose files');
  await page.close();
});

test('a bar has the name of its share, and says how much longer it takes', async ({ stage }) => {
  const page = await stage.show(
    popup(
      { jobs: [film()] },
      {
        progress: [
          {
            id: 'film',
            phase: 'sending',
            sent: 212_000_000,
            total: undefined,
            from: 0,
            speed: 1_200_000,
          },
        ],
      },
    ),
  );
  const bar = page.getByRole('progressbar', { name: 'beach.mov' });
  await expect(bar).toHaveAttribute('aria-valuenow', '48');
  await expect(bar).toHaveAttribute('aria-valuetext', '48%, 3 min left');
  expect(
    await bar.evaluate((element) => element.closest('[aria-live], [role=status], [role=alert]')),
  ).toBeNull();
  await page.close();
});

test('progress is said politely and seldom, problems at once', async ({ stage }) => {
  const five = (done: number) =>
    ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
      job({ id, batch: 'five', name: `${id}.txt`, state: i < done ? 'done' : 'announced' }),
    );
  const page = await stage.show(popup({ jobs: five(0) }));
  const polite = page.locator('p[role=status]');
  const alarm = page.locator('p[role=alert]');
  await expect(polite).toBeEmpty();
  await tell(page, { jobs: five(1) });
  await expect(polite).toHaveText('1 of 5 files');
  // Less than ten seconds later.
  await tell(page, { jobs: five(3) });
  await expect(page.getByText('3 of 5 files').first()).toBeVisible();
  await expect(polite).toHaveText('1 of 5 files');
  await tell(page, { jobs: five(5) });
  await expect(polite).toHaveText('a.txt shared');

  await expect(alarm).toBeEmpty();
  await tell(page, { jobs: [...five(5), film({ state: 'waiting', reason: { kind: 'network' } })] });
  await expect(alarm).toContainText('beach.mov');
  await tell(page, { online: false, shares: RECENT });
  await expect(page.getByRole('status').filter({ hasText: 'You are offline' })).toBeVisible();
  await page.close();
});

test('what has the keyboard has a ring of two pixels, in light and in dark', async ({ stage }) => {
  const page = await stage.show(popup({ jobs: [film()], shares: RECENT }));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByRole('button', { name: 'Options' }).focus();
    const rings: string[] = [];
    for (let stop = 0; stop < 7; stop++) {
      rings.push(
        await page.evaluate(() => {
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(
            document.activeElement!,
          );
          return [outlineStyle, outlineWidth, outlineColor].join(' ');
        }),
      );
      await page.keyboard.press('Tab');
    }
    const colour = colorScheme === 'light' ? 'rgb(11, 87, 208)' : 'rgb(156, 195, 255)';
    expect(new Set(rings.slice(1))).toEqual(new Set([`solid 2px ${colour}`]));
  }
  await page.close();
});

test('nothing moves for who wants no motion, but the bar that waits for an answer', async ({
  stage,
}) => {
  const page = await stage.show(
    popup({
      jobs: [film(), job({ id: 'end', name: 'end.png', state: 'finishing' })],
      shares: RECENT,
    }),
  );
  // The stage stops all motion for its pictures.
  const moving = () =>
    page.evaluate(() => {
      document.adoptedStyleSheets = [];
      return [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
        })
        .map(
          (element) => element.closest('[class]')?.className || element.parentElement?.className,
        );
    });
  expect(await moving()).toEqual(['bar pulsing']);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect((await moving()).length).toBeGreaterThan(1);
  await page.close();
});

test('names are apart from the text around them, and keep their endings', async ({ stage }) => {
  const name = 'The minutes of the meeting of the housing association in March.docx';
  const page = await stage.show(popup({ shares: [share(name, 3)] }));
  const label = page.locator('bdi.file-name').first();
  await expect(label).toHaveAttribute('title', name);
  const end = label.locator('.file-name-end');
  const [outer, inner] = await Promise.all([label.boundingBox(), end.boundingBox()]);
  expect(inner!.x + inner!.width).toBeLessThanOrEqual(outer!.x + outer!.width + 0.5);
  await expect(end).toHaveText('rch.docx');
  await page.close();
});

test('the page has its landmarks, and each list its name', async ({ stage }) => {
  const page = await stage.show(popup({ jobs: [film()], shares: RECENT }));
  await expect(page.getByRole('banner')).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('contentinfo')).toHaveCount(1);
  for (const name of ['In progress', 'Recent']) {
    const region = page.getByRole('region', { name });
    await expect(region.getByRole('list').first()).toBeVisible();
    await expect(region.getByRole('listitem').first()).toBeVisible();
  }
  await page.close();
});
