import type { JobView, ViewState } from '../../src/extension/background/view-state.ts';
import type { Screen } from './screens/stage.ts';
import { account, job, NOW, RECENT, SIGNED_OUT, share, state } from './screens/states.ts';
import { expect, focused, tell, test } from './support/staged.ts';

const popup = (over: Partial<ViewState> = {}, more: Partial<Screen> = {}): Screen => ({
  name: 'popup',
  page: 'popup.html',
  answers: { 'view.open': state(over), 'removal.hold': 'never', 'batch.cancel': 'never' },
  ...more,
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
