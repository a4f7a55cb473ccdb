import { job, state } from './screens/states.ts';
import { expect, tell, test } from './support/staged.ts';

const MB = 1_000_000;

test('the upload tab asks before it closes over a file that would end with the browser, and only then', async ({
  stage,
}) => {
  const film = job({ id: 'film', name: 'beach.mov', size: 80 * MB });
  const page = await stage.show({
    name: 'closing',
    page: 'share.html',
    answers: { 'view.open': state({ jobs: [film] }) },
  });
  // Browsers ask only where somebody has done something.
  await page.getByText('Drop files').first().click();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();

  for (const jobs of [
    [job({ id: 'small', name: 'small.mov', size: 8 * MB })],
    [{ ...film, state: 'waiting', reason: { kind: 'choose-again', why: 'closed' } } as const],
  ]) {
    await tell(page, { jobs });
    await expect(page.locator('[data-batch]')).toHaveCount(1);
  }
  await expect(page.getByText('The browser was closed')).toBeVisible();
  // The question goes a frame after what it was about.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
  );
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
});

test('in a private window the footer says so, also where the service tells of no storage', async ({
  stage,
}) => {
  const { account } = state();
  const profile = { email: 'bobafett', name: 'bobafett' };
  const page = await stage.show({
    name: 'private',
    page: 'popup.html',
    answers: {
      'view.open': state({ account: { ...account, service: 'smartfile', profile }, private: true }),
    },
  });
  await expect(page.getByText('Private: not kept in Recent')).toBeVisible();
  await page.close();
});
