import type { Readable } from 'node:stream';
import type Sharp from 'sharp';
import { Limiter } from './limiter.ts';
import { isPictureName, type Rendition } from './rendition.ts';
import { RenditionCache, renditionKind } from './rendition-cache.ts';

export { RendererBusyError } from './limiter.ts';

/** Larger files are not looked at: the decoder needs the whole file in memory. Bytes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** A few bytes can promise any number of pixels. The largest phone cameras make 108 million. */
const MAX_PIXELS = 120_000_000;
/** A picture that takes longer is given up; seconds. */
const MAX_SECONDS = 20;
/** Two at once are as fast as two cores can be, at 85–116 MB for 12 megapixels. */
const LIMITS = { running: 2, waiting: 100 };
/** Everything else that the library could open (SVG, PDF, TIFF…) is more than pictures need. */
const LOADERS = ['Jpeg', 'Png', 'Nsgif', 'Webp'].map((name) => `VipsForeignLoad${name}`);

export interface PictureSource {
  /** Names the bytes for good: other bytes have another id. */
  blobId: string;
  filename: string;
  open(): Promise<Readable>;
}

export interface RenderedImage {
  bytes: Uint8Array;
  type: 'image/jpeg' | 'image/png';
}

/** The bytes are no picture, a damaged one, or one too large to be made smaller. */
export class NotAnImageError extends Error {
  override readonly name = 'NotAnImageError';

  constructor(options?: ErrorOptions) {
    super('the file is not a picture that can be made smaller', options);
  }
}

export interface ImageRenderer {
  /**
   * JPEG for JPEG, PNG (the first frame) for all others, upright and without metadata. Throws
   * {@link NotAnImageError}, {@link RendererBusyError} and what `open` and its stream throw.
   */
  render(source: PictureSource, rendition: Rendition): Promise<RenderedImage>;
  /** Lets go of what is kept of a blob that is removed. */
  forget(blobId: string): Promise<void>;
}

/** `undefined` where the image library does not run: the server works without thumbnails. */
export async function createRenderer(options: {
  cacheDir: string;
}): Promise<ImageRenderer | undefined> {
  const sharp = await loadSharp();
  if (!sharp) return undefined;
  const cache = new RenditionCache(options.cacheDir);
  const limiter = new Limiter(LIMITS);
  const running = new Map<string, Promise<RenderedImage>>();

  const make = async (source: PictureSource, rendition: Rendition): Promise<RenderedImage> => {
    const kind = renditionKind(rendition);
    const kept = await cache.get(source.blobId, kind);
    if (kept) return asRendered(kept);
    const bytes = await limiter.run(async () =>
      resize(sharp, await readWhole(await source.open()), rendition),
    );
    // A full disk costs time, not the picture.
    await cache.put(source.blobId, kind, bytes).catch(() => undefined);
    return asRendered(bytes);
  };

  return {
    async render(source, rendition) {
      if (!isPictureName(source.filename)) throw new NotAnImageError();
      const key = `${source.blobId}.${renditionKind(rendition)}`;
      const first = running.get(key);
      if (first) return first;
      const result = make(source, rendition).finally(() => running.delete(key));
      running.set(key, result);
      return result;
    },
    forget: (blobId) => cache.remove(blobId),
  };
}

async function loadSharp(): Promise<typeof Sharp | undefined> {
  try {
    const { default: sharp } = await import('sharp');
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS });
    return sharp;
  } catch {
    return undefined;
  }
}

async function readWhole(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the stream.
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BYTES) throw new NotAnImageError();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function resize(sharp: typeof Sharp, input: Buffer, rendition: Rendition): Promise<Buffer> {
  const { crop, ...box } = rendition;
  try {
    const picture = sharp(input, {
      failOn: 'error',
      limitInputPixels: MAX_PIXELS,
      sequentialRead: true,
    });
    const { format } = await picture.metadata();
    return await picture
      .autoOrient()
      .resize({ ...box, fit: crop ? 'cover' : 'inside', withoutEnlargement: !crop })
      .toFormat(format === 'jpeg' ? 'jpeg' : 'png')
      .timeout({ seconds: MAX_SECONDS })
      .toBuffer();
  } catch (error) {
    throw new NotAnImageError({ cause: error });
  }
}

function asRendered(bytes: Uint8Array): RenderedImage {
  return { bytes, type: bytes[0] === 0xff ? 'image/jpeg' : 'image/png' };
}
