import sharp from 'sharp';
import { forcedColourFlaws } from './support/forced-colours.ts';
import { expect, test } from './support/visitor.ts';

const page = (style: string) =>
  `<!doctype html><html lang="en"><title>A button</title><main><h1>A page</h1>
  <button style="padding: 20px; ${style}">Sign in</button></main></html>`;

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`with a ${colorScheme} palette`, () => {
    test.use({ colorScheme, contextOptions: { forcedColors: 'active' } });

    test("a page's own colours are not painted, so they are not measured", async ({
      page: visitor,
    }) => {
      // Nobody could read either on the ground of the system.
      const own = colorScheme === 'dark' ? '#10231a' : '#fefefe';
      await visitor.setContent(page(`color: ${own}; border: 1px solid`));
      expect(await forcedColourFlaws(visitor)).toEqual([]);
      const { channels } = await sharp(await visitor.getByRole('button').screenshot()).stats();
      for (const { min, max } of channels.slice(0, 3)) expect(max - min).toBeGreaterThan(200);
    });

    test('letters that cannot be read, and a button without a border, are noticed', async ({
      page: visitor,
    }) => {
      await visitor.setContent(
        page('forced-color-adjust: none; color: #777; background: #888; border: 0'),
      );
      expect(await forcedColourFlaws(visitor)).toEqual([
        expect.stringContaining('color-contrast'),
        expect.stringContaining('no border'),
      ]);
    });
  });
}
