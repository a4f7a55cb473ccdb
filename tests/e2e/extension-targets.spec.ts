import { SCREENS } from './screens/list.ts';
import { smallTargets } from './screens/targets.ts';
import { expect, test } from './support/staged.ts';

/** Choosing files, signing in, copying a link. */
const MAIN = '.button.main, .copy, form [type=submit]';

for (const screen of SCREENS) {
  test(`what can be clicked on ${screen.name} is large enough for fingers`, async ({ stage }) => {
    const page = await stage.show(screen);
    expect(await smallTargets(page, MAIN)).toEqual([]);
    await page.close();
  });
}

test('a target that is too small is noticed', async ({ stage }) => {
  const screen = SCREENS.find(({ name }) => name === 'popup-recent')!;
  const page = await stage.show(screen);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.copy::after, .row-title::after { content: none !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
  const small = await smallTargets(page, MAIN);
  expect(small).toContainEqual(expect.stringContaining('Copy link to lake-at-dusk.jpg'));
  expect(small).toContainEqual(expect.stringContaining('Open lake-at-dusk.jpg'));
  await page.close();
});
