/** A part of a window, and the size of that window, in CSS pixels. */
export interface Part {
  rect: { x: number; y: number; width: number; height: number };
  window: { width: number; height: number };
}

/**
 * What a picture of a page may measure, in pixels: Firefox draws 32,767 to a side, and 64 million
 * take 256 MB while they are put together.
 */
const LONGEST_SIDE = 32_767;
const LARGEST_AREA = 64_000_000;

/** The place of a part in a picture of its window, whatever the density of the display is. */
export function pixelsOf({ rect, window }: Part, picture: { width: number; height: number }) {
  const scale = picture.width / window.width;
  const left = Math.max(0, Math.round(rect.x * scale));
  const top = Math.max(0, Math.round(rect.y * scale));
  const right = Math.min(picture.width, Math.round((rect.x + rect.width) * scale));
  const bottom = Math.min(picture.height, Math.round((rect.y + rect.height) * scale));
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

/** How much of a page fits into one picture, in CSS pixels. */
export function heightThatFits(
  page: { width: number; height: number },
  scale: number,
): { height: number; whole: boolean } {
  const most = Math.min(LONGEST_SIDE, LARGEST_AREA / (page.width * scale)) / scale;
  return page.height <= most
    ? { height: page.height, whole: true }
    : { height: Math.floor(most), whole: false };
}

/** Cuts a part out of a picture of its window. */
export async function cut(picture: ImageBitmap, part: Part, type: string): Promise<Blob> {
  const { left, top, width, height } = pixelsOf(part, picture);
  if (width === 0 || height === 0) throw new Error('Nothing of it is in the window.');
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(picture, left, top, width, height, 0, 0, width, height);
  return canvas.convertToBlob({ type });
}

/** @param type media type, for example `image/png`. */
export function whole(picture: ImageBitmap, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return canvas.convertToBlob({ type });
}

export interface LongPage {
  width: number;
  height: number;
  window: { width: number; height: number };
  /** What of its height the window shows at a time. */
  step: number;
  /** Scrolls there as far as the page goes, and says how far that is. */
  scroll: (top: number) => Promise<number>;
  picture: () => Promise<ImageBitmap>;
  /** Media type of the result. */
  type: string;
}

/** Puts a whole page together from pictures of its parts. */
export async function stitch(page: LongPage): Promise<{ bytes: Blob; whole: boolean }> {
  let canvas: OffscreenCanvas | undefined;
  let fits = { height: page.height, whole: true };
  for (let top = 0; top < fits.height; ) {
    const at = await page.scroll(top);
    const picture = await page.picture();
    const scale = picture.width / page.window.width;
    if (!canvas) {
      fits = heightThatFits(page, scale);
      canvas = new OffscreenCanvas(Math.round(page.width * scale), Math.round(fits.height * scale));
    }
    canvas.getContext('2d')?.drawImage(picture, 0, Math.round(at * scale));
    picture.close();
    // The page is shorter than it said: there is no more.
    if (at < top) break;
    top = at + page.step;
  }
  if (!canvas) throw new Error('The page has no height.');
  return { bytes: await canvas.convertToBlob({ type: page.type }), whole: fits.whole };
}
