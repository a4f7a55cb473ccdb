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
