/** The extension's icons, rendered from the one drawing. */
import { mkdir } from 'node:fs/promises';
import sharp from 'sharp';
import { at } from './project.mjs';

const DRAWING = at('src/extension/ui/mark.svg');

/** Pixels: toolbars and menus at one to four times their density, lists of add-ons, both stores. */
const SIZES = [16, 24, 32, 48, 64, 96, 128];

/**
 * Renders every size, each from the drawing itself and not from a larger picture.
 * @param {string} folder
 * @returns {Promise<{ absoluteSrc: string, relativeDest: string }[]>} as WXT takes public files
 */
export async function renderIcons(folder) {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    SIZES.map(async (size) => {
      const file = `${folder}/${size}.png`;
      // The drawing is 32 pixels wide at 72 dots per inch.
      await sharp(DRAWING, { density: (72 * size) / 32 })
        .resize(size, size)
        .png({ compressionLevel: 9 })
        .toFile(file);
      return { absoluteSrc: file, relativeDest: `icon/${size}.png` };
    }),
  );
}
