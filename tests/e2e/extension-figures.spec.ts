import type { ProgressNews } from '../../src/extension/background/calls.ts';
import { job, NOW, share, state } from './screens/states.ts';
import { expect, test } from './support/staged.ts';

/** So many bytes of 440 million, at so many a second. */
const figures = (sent: number, speed: number): ProgressNews => ({
  id: 'film',
  phase: 'sending',
  sent,
  total: undefined,
  from: 0,
  speed,
});

test('a bar has the name of its share, and tells its percent and the time left in words', async ({
  stage,
}) => {
  const cases: [ProgressNews, string, string][] = [
    [figures(212_000_000, 1_200_000), '48', '48%, 3 minutes left'],
    [figures(212_000_000, 48_000), '48', '48%, 1 hour 19 minutes left'],
    [figures(436_000_000, 4_000_000), '99', '99%, a few seconds left'],
    // Before the first seconds are over, nobody knows.
    [figures(44_000_000, 0), '10', '10%'],
  ];
  for (const [news, now, text] of cases) {
    const page = await stage.show({
      name: 'popup',
      page: 'popup.html',
      answers: {
        'view.open': state({ jobs: [job({ id: 'film', name: 'beach.mov', size: 440_000_000 })] }),
      },
      progress: [news],
    });
    const bar = page.getByRole('progressbar', { name: 'beach.mov' });
    await expect(bar).toHaveAttribute('aria-valuetext', text);
    await expect(bar).toHaveAttribute('aria-valuenow', now);
    expect(
      await bar.evaluate((element) => element.closest('[aria-live], [role=status], [role=alert]')),
    ).toBeNull();
    await page.close();
  }
});

/** By the clock of the service: the one of this computer is at `NOW`. */
const SHARED = Date.UTC(2026, 2, 14, 9, 30, 0);

test('how long ago is told exactly to who points there, and to who comes with the keyboard', async ({
  stage,
}) => {
  const minutes = (NOW - SHARED) / 60_000;
  const page = await stage.show({
    name: 'popup',
    page: 'popup.html',
    answers: { 'view.open': state({ shares: [share('cat.jpg', minutes), share('dog.jpg', 4)] }) },
  });
  const exactly = await page.evaluate(
    (time) =>
      new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short' }).format(time),
    SHARED,
  );
  const row = page.getByRole('listitem').filter({ hasText: 'cat.jpg' });
  const age = row.locator('time');
  const told = () => age.evaluate((time) => getComputedStyle(time, '::after').content);
  await expect(age).toHaveText('2 hr. ago');
  await expect(age).toHaveAttribute('datetime', new Date(SHARED).toISOString());
  expect(await told()).toBe('none');

  await age.hover();
  await expect.poll(told).toBe(JSON.stringify(exactly));
  await page.mouse.move(0, 0);
  await expect.poll(told).toBe('none');

  await page.getByRole('button', { name: 'Search your shares' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Copy link to cat.jpg' })).toBeFocused();
  await expect.poll(told).toBe(JSON.stringify(exactly));
  await page.keyboard.press('ArrowDown');
  await expect.poll(told).toBe('none');
  await page.close();
});
