import type { Page } from '@playwright/test';
import type { Stage } from './screens/stage.ts';
import { job, RECENT, state } from './screens/states.ts';
import { expect, tell, test } from './support/staged.ts';

const open = (stage: Stage, page: 'popup.html' | 'share.html') =>
  stage.show({
    name: 'keys',
    page,
    answers: {
      'view.open': state({ jobs: [job({ id: 'film', name: 'beach.mov' })], shares: RECENT }),
    },
  });

/** The calls of the background that a page makes from now on. */
async function calls(page: Page): Promise<() => Promise<unknown[]>> {
  await page.evaluate(() => {
    const made: unknown[] = [];
    const { chrome } = globalThis as unknown as {
      chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } };
    };
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    chrome.runtime.sendMessage = (message) => {
      made.push(message);
      return send(message);
    };
    Object.assign(globalThis, { made });
  });
  return () => page.evaluate(() => (globalThis as unknown as { made: unknown[] }).made);
}

for (const file of ['popup.html', 'share.html'] as const) {
  for (const key of ['/', 'Control+f']) {
    test(`${key} leads to the search of ${file}, and there once more`, async ({ stage }) => {
      const page = await open(stage, file);
      const field = page.getByRole('searchbox');
      await page.getByRole('button', { name: 'Choose files' }).first().focus();
      await page.keyboard.press(key);
      await expect(field).toBeFocused();
      await expect(field).toHaveValue('');
      // In the field a slash is a slash.
      await page.keyboard.press('/');
      await expect(field).toHaveValue('/');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Choose files' }).first().focus();
      await page.keyboard.press(key);
      await expect(field).toBeFocused();
      await page.close();
    });
  }

  test(`Ctrl+O chooses files on ${file}`, async ({ stage }) => {
    const page = await open(stage, file);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Options' }).focus();
    await page.keyboard.press('Control+o');
    expect((await chooser).isMultiple()).toBe(true);
    await page.close();
  });

  test(`Ctrl+Z undoes the latest deletion on ${file}, but not what is typed`, async ({ stage }) => {
    const page = await open(stage, file);
    const removals = ['one', 'two'].map(
      (key) => ({ key, kind: 'share', label: `${key}.jpg`, due: Date.now() + 6_000 }) as const,
    );
    await tell(page, { shares: RECENT, removals });
    await expect(page.getByText('Deleted two.jpg')).toBeVisible();
    const made = await calls(page);
    await page.keyboard.press('/');
    await page.keyboard.press('x');
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('searchbox')).toHaveValue('');
    expect(JSON.stringify(await made())).not.toContain('removal.undo');
    await page.getByRole('button', { name: 'Options' }).focus();
    await page.keyboard.press('Control+z');
    await expect
      .poll(async () => JSON.stringify(await made()))
      .toContain('"call":"removal.undo","input":{"key":"two"}');
    await page.close();
  });
}
