/** A picture made smaller. One missing side follows from the other; pixels, 1 to 2000. */
export interface Rendition {
  width?: number;
  height?: number;
  /** Fill the box and cut off at the edges, instead of fitting into it. */
  crop: boolean;
}

/** What a visitor asks for with the part of the path that follows `blob/`. */
export type RenditionRequest =
  | { kind: 'rendition'; rendition: Rendition }
  | { kind: 'bad-size' }
  | { kind: 'none' };

const MAX_SIDE = 2000;
/** Size of `blob/thumb`. */
export const THUMB: Rendition = { width: 185, height: 135, crop: true };

/** Reads all spellings of spec section 4.12. */
export function parseRendition(segment: string, query: URLSearchParams): RenditionRequest {
  if (segment === 'thumb') return { kind: 'rendition', rendition: THUMB };
  const size = segment === 'scale' ? (query.get('size') ?? '') : segment;
  const sides = /^(\d*)x(\d*)$/.exec(size);
  if (!sides) return { kind: segment === 'scale' ? 'bad-size' : 'none' };
  const [width, height] = sides.slice(1).map((side) => (side === '' ? undefined : Number(side)));
  if (width === undefined && height === undefined) return { kind: 'bad-size' };
  if (!isSide(width) || !isSide(height)) return { kind: 'bad-size' };
  const rendition = {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    crop: query.get('method') === 'thumb',
  };
  return { kind: 'rendition', rendition };
}

/** Names that may have renditions; the decoder has the last word (spec section 4.12). */
export function isPictureName(filename: string): boolean {
  return /\.(jpe?g|png|gif)$/i.test(filename);
}

function isSide(side: number | undefined): boolean {
  return side === undefined || (side >= 1 && side <= MAX_SIDE);
}
