import type { ViewState } from '../../src/extension/background/view-state.ts';
import type { Answers, Stage } from './screens/stage.ts';
import { job, NOW, share, state } from './screens/states.ts';
import { expect, focused, tell, test } from './support/staged.ts';

const show = (stage: Stage, over: Partial<ViewState>, answers: Answers = {}) =>
  stage.show({
    name: 'popup',
    page: 'popup.html',
    answers: {
      'view.open': state(over),
      'removal.hold': 'never',
      'shares.remove': 'never',
      'batch.cancel': 'never',
      ...answers,
    },
  });

test('in Recent, a row that goes hands the keyboard to its undo, to the next row, to the last one', async ({
  stage,
}) => {
  const [one, two, three] = ['one.jpg', 'two.jpg', 'three.jpg'].map((name, i) =>
    share(name, i + 1),
  ) as [ReturnType<typeof share>, ReturnType<typeof share>, ReturnType<typeof share>];
  const page = await show(stage, { shares: [one, two, three] });
  await page.getByRole('button', { name: 'Copy link to two.jpg' }).focus();
  await page.keyboard.press('Delete');
  const removal = {
    key: two.sharename,
    kind: 'share',
    label: 'two.jpg',
    due: NOW + 6_000,
  } as const;
  await tell(page, { shares: [one, two, three], removals: [removal] });
  await expect.poll(() => focused(page)).toBe('Undo: two.jpg');
  // Its time is over.
  await tell(page, { shares: [one, three] });
  await expect.poll(() => focused(page)).toBe('Copy link to three.jpg');
  await tell(page, { shares: [one] });
  await expect.poll(() => focused(page)).toBe('Copy link to one.jpg');
  // While something is searched for, the list may be empty.
  await page.keyboard.press('/');
  await page.keyboard.type('nothing of the kind');
  await expect(page.locator('.recent')).toHaveCount(0);
  expect(await focused(page)).toBe('Search your shares');
  await page.close();
});

test('in Recent, the last row hands the keyboard to the heading while the list is there', async ({
  stage,
}) => {
  const one = share('one.jpg', 1);
  // Until there is an answer, the list is what is known.
  const page = await show(stage, { shares: [one] }, { 'shares.find': 'never' });
  await page.keyboard.press('/');
  await page.keyboard.type('one');
  await page.getByRole('button', { name: 'Copy link to one.jpg' }).focus();
  await tell(page, { shares: [] });
  await expect(page.locator('.recent')).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('recent');
  await page.close();
});

test('in progress, a row that goes hands the keyboard to the next one, the last to Recent', async ({
  stage,
}) => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) =>
    job({ id, name: `${id}.jpg`, state: 'announced' }),
  ) as [ReturnType<typeof job>, ReturnType<typeof job>, ReturnType<typeof job>];
  const shares = [share('one.jpg', 1)];
  const page = await show(stage, { jobs: [a, b, c], shares });
  await page.getByRole('button', { name: 'More for b.jpg' }).focus();
  await tell(page, { jobs: [a, c], shares });
  await expect.poll(() => focused(page)).toBe('Copy link to c.jpg');
  await page.keyboard.press('Delete');
  const removal = { key: c.batch, kind: 'batch', label: 'c.jpg', due: NOW + 6_000 } as const;
  await tell(page, { jobs: [a], shares, removals: [removal] });
  await expect.poll(() => focused(page)).not.toBe('nothing');
  await page.getByRole('button', { name: 'Undo: c.jpg' }).focus();
  await tell(page, { jobs: [a], shares });
  await expect.poll(() => focused(page)).toBe('Copy link to a.jpg');
  await tell(page, { shares });
  await expect.poll(() => focused(page)).toBe('recent');
  await page.close();
});

test('a tab that is opened at a row goes there once it stands still, and only then', async ({
  stage,
}) => {
  const film = job({ id: 'film', name: 'beach.mov', state: 'sending' });
  const stuck = {
    ...film,
    state: 'waiting',
    reason: { kind: 'choose-again', why: 'closed' },
  } as const;
  const page = await stage.show({
    name: 'row',
    page: 'share.html',
    hash: `#row=${film.batch}`,
    answers: { 'view.open': state() },
  });
  await expect(page.getByText('Nothing yet')).toBeVisible();
  await tell(page, { jobs: [film] });
  await expect(page.getByText('beach.mov').first()).toBeVisible();
  expect(await focused(page)).toBe('nothing');
  await tell(page, { jobs: [stuck] });
  await expect.poll(() => focused(page)).toBe('Choose again');
  await page.getByRole('button', { name: 'Options' }).focus();
  await tell(page, { jobs: [film] });
  await expect(page.getByRole('button', { name: 'Choose again' })).toBeHidden();
  await tell(page, { jobs: [stuck] });
  await expect(page.getByRole('button', { name: 'Choose again' })).toBeVisible();
  expect(await focused(page)).toBe('Options');
  await page.close();
});
