import type { Page } from '@playwright/test';
import type { ViewState } from '../../src/extension/background/view-state.ts';
import type { Stage } from './screens/stage.ts';
import { job, NOW, RECENT, state } from './screens/states.ts';
import { expect, tell, test } from './support/staged.ts';

/** A popup whose polite region writes down all that it says. */
async function listen(stage: Stage, over: Partial<ViewState>): Promise<Page> {
  const page = await stage.show({
    name: 'popup',
    page: 'popup.html',
    answers: { 'view.open': state(over) },
  });
  await page.locator('p[role=status]').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const region = document.querySelector('p[role=status]')!;
    new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
  });
  return page;
}

const said = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { said: string[] }).said);

const five = (done: number) =>
  ['a', 'b', 'c', 'd', 'e'].map((id, i) =>
    job({ id, batch: 'five', name: `${id}.txt`, state: i < done ? 'done' : 'announced' }),
  );
const film = job({ id: 'film', name: 'beach.mov', state: 'waiting', reason: { kind: 'network' } });

test('progress is said once in ten seconds, the end of it at once', async ({ stage }) => {
  const page = await listen(stage, { jobs: five(0) });
  await page.clock.pauseAt(NOW + 1_000);
  const next = async (done: number, later: number) => {
    await tell(page, { jobs: five(done) });
    await expect(page.locator('.row-state')).toHaveText(
      done < 5 ? `${done} of 5 files · Waiting` : /^Done/,
    );
    await page.clock.runFor(later);
  };
  await next(1, 5_000);
  await next(2, 6_000);
  await next(3, 1_000);
  await next(5, 2_000);
  await expect.poll(() => said(page)).toEqual(['1 of 5 files', '3 of 5 files', 'a.txt shared']);
  await page.close();
});

test('no message takes the place of another one that nobody has heard', async ({ stage }) => {
  const two = (state: 'sending' | 'done') => [
    job({ id: 'cat', name: 'cat.jpg', state }),
    job({ id: 'dog', name: 'dog.jpg', state }),
  ];
  const copied = (at: number) => ({ url: 'https://files.example.org/8ExGXcat', at });
  const page = await listen(stage, { jobs: two('sending') });
  await tell(page, { jobs: two('done'), copied: copied(NOW) });
  // The same words once more.
  await tell(page, { jobs: two('done'), copied: copied(NOW + 100) });
  await tell(page, { jobs: two('done'), copied: copied(NOW + 100), online: false });
  await expect
    .poll(() => said(page))
    .toEqual([
      'Link copied',
      'cat.jpg shared',
      'dog.jpg shared',
      'Link copied',
      'You are offline. Links can still be copied.',
    ]);
  await page.close();
});

test('what concerns everything is said politely, and once', async ({ stage }) => {
  const page = await listen(stage, { shares: RECENT });
  const polite = page.locator('p[role=status]');
  await expect(polite).toBeEmpty();
  await tell(page, { online: false, shares: RECENT });
  await expect(polite).toHaveText(/^You are offline/);
  await expect(page.locator('.banner')).toContainText('You are offline');
  // A second region would say it twice.
  await expect(page.getByRole('status')).toHaveCount(1);
  await tell(page, { reachable: false, shares: RECENT });
  await expect(polite).toContainText('files.example.org');
  await expect(page.locator('p[role=alert]')).toBeEmpty();
  await page.close();
  // It is no less true where it was so before.
  const later = await listen(stage, { online: false, shares: RECENT });
  await expect(later.locator('p[role=status]')).toHaveText(/^You are offline/);
  await later.close();
});

test('what a search finds, or does not, is said in the same place', async ({ stage }) => {
  const page = await listen(stage, { shares: RECENT });
  await page.keyboard.press('/');
  await page.keyboard.type('nothing of the kind');
  await expect(page.locator('p[role=status]')).toHaveText(/nothing of the kind/);
  await expect(page.getByRole('status')).toHaveCount(1);
  await page.close();
});

test('problems, and nothing else, are said at once', async ({ stage }) => {
  const page = await listen(stage, { jobs: five(0) });
  const alarm = page.locator('p[role=alert]');
  await tell(page, { jobs: five(5) });
  await expect.poll(() => said(page)).toEqual(['a.txt shared']);
  await expect(alarm).toBeEmpty();
  await tell(page, { jobs: [...five(5), film] });
  await expect(alarm).toContainText('beach.mov');
  expect(await said(page)).toEqual(['a.txt shared']);
  await page.close();
});
