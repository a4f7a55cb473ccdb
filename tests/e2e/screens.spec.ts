import { readdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { at } from '../../scripts/lib/project.mjs';
import { LANGUAGES, speak } from './screens/languages.ts';
import { flaws, lettersThatStay } from './screens/layout.ts';
import { SCREENS } from './screens/list.ts';
import { dress, LOOKS, type Look, picture } from './screens/stage.ts';
import { doubleText, singleText } from './screens/steps.ts';
import { COLOUR_RULES, forcedColourFlaws } from './support/forced-colours.ts';
import { expect, test } from './support/staged.ts';

/**
 * Pictures are renewed by `npm run screens -- --references [NAME…]`, once somebody has looked at them.
 * Letters may be drawn a little differently elsewhere; a sign that is missing is more than that.
 */
const SAME = { threshold: 0.2, maxDiffPixels: 40 };

/** What is wrong for those who see, or hear, the page in one look. */
async function violations(page: Page, look: Look): Promise<unknown[]> {
  if (look.startsWith('forced')) return forcedColourFlaws(page);
  const axe = new AxeBuilder({ page });
  const { violations } = await (look === 'light' ? axe : axe.withRules(COLOUR_RULES)).analyze();
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}

for (const screen of SCREENS) {
  test(`${screen.name} looks as it did, and is accessible in every look`, async ({ stage }) => {
    const page = await stage.show(screen);
    for (const look of LOOKS) {
      await dress(page, look);
      expect.soft(await violations(page, look), look).toEqual([]);
      if (look.startsWith('forced')) continue;
      expect.soft(await picture(page, screen)).toMatchSnapshot(`${screen.name}-${look}.png`, SAME);
    }
    await page.close();
  });

  test(`${screen.name} has room for larger letters and for every language`, async ({ stage }) => {
    const page = await stage.show(screen);
    expect.soft(await flaws(page), 'as it is').toEqual([]);
    if (screen.after !== doubleText) {
      expect.soft(await lettersThatStay(page, () => doubleText(page))).toEqual([]);
      expect.soft(await flaws(page), 'with letters twice as large').toEqual([]);
      await singleText(page);
    }
    for (const language of LANGUAGES) {
      await speak(page, screen, language);
      expect.soft(await flaws(page), language).toEqual([]);
    }
    // Arabic was the last one.
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    if (screen.page !== 'popup.html') await expect(page).toHaveTitle(/\p{Script=Arabic}/u);
    await page.close();
  });
}

test('one sign that is missing in a picture is noticed', async ({ stage }) => {
  const screen = SCREENS.find(({ name }) => name === 'popup-recent')!;
  const page = await stage.show(screen);
  await page
    .locator('header .icon')
    .last()
    .evaluate((icon) => icon.remove());
  const changed = await picture(page, screen);
  expect(() => expect(changed).toMatchSnapshot('popup-recent-light.png', SAME)).toThrow();
  await page.close();
});

test('every screen has its references, and no other ones are kept', () => {
  const known = SCREENS.flatMap(({ name }) => [`${name}-light.png`, `${name}-dark.png`]);
  expect(readdirSync(at('tests/e2e/screens/references')).toSorted()).toEqual(known.toSorted());
});
