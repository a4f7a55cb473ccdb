import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createRenderer,
  type ImageRenderer,
  NotAnImageError,
  RendererBusyError,
} from '../../../../src/server/images/renderer.ts';
import { THUMB } from '../../../../src/server/images/rendition.ts';

const red = { r: 220, g: 30, b: 30 };
const blue = { r: 30, g: 30, b: 220 };
let cacheDir: string;
let renderer: ImageRenderer;
let nextBlob = 0;

beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'gett-renditions-'));
});
afterAll(() => rm(cacheDir, { recursive: true }));
beforeEach(async () => {
  renderer = (await createRenderer({ cacheDir }))!;
});

/** A stored picture that counts how often it is read. */
function stored(filename: string, bytes: Uint8Array) {
  const blobId = `${String(nextBlob++).padStart(4, '0')}${'f'.repeat(28)}`;
  const source = {
    blobId,
    filename,
    reads: 0,
    open: async () => {
      source.reads++;
      return Readable.from([bytes]);
    },
  };
  return source;
}

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } });

/** Red above, blue below. */
const redOverBlue = (width: number, height: number) =>
  picture(width, height).composite([
    {
      input: {
        create: { width, height: height / 2, channels: 3, background: blue },
      },
      left: 0,
      top: height / 2,
    },
  ]);

async function colourAt(bytes: Uint8Array, left: number, top: number) {
  const raw = await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return (raw[0] ?? 0) > (raw[2] ?? 0) ? 'red' : 'blue';
}

describe('a picture made smaller', () => {
  it('fits into the box and keeps its shape', async () => {
    const source = stored('a.png', await picture(800, 400).png().toBuffer());
    const { bytes, type } = await renderer.render(source, { width: 200, height: 200, crop: false });
    expect(type).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 200, height: 100 });
  });

  it('is never made larger', async () => {
    const source = stored('a.png', await picture(80, 40).png().toBuffer());
    const { bytes } = await renderer.render(source, { height: 675, crop: false });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 80, height: 40 });
  });

  it('fills the box when it is a thumbnail, also from a smaller picture', async () => {
    for (const [width, height] of [
      [800, 100],
      [20, 20],
    ] as const) {
      const source = stored('a.jpg', await picture(width, height).jpeg().toBuffer());
      const { bytes, type } = await renderer.render(source, THUMB);
      expect(type).toBe('image/jpeg');
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 185, height: 135 });
    }
  });

  it('stands upright as the camera was held, and tells nothing else about it', async () => {
    const jpeg = await redOverBlue(400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { bytes } = await renderer.render(stored('a.jpg', jpeg), { height: 100, crop: false });
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ width: 50, height: 100 });
    expect(metadata.exif).toBeUndefined();
    // Turned by a quarter clockwise, the upper half is on the right.
    expect(await colourAt(bytes, 45, 50)).toBe('red');
    expect(await colourAt(bytes, 5, 50)).toBe('blue');
  });

  it('is the first frame of an animation, as PNG', async () => {
    const frames = sharp(
      await Promise.all([picture(40, 40), redOverBlue(40, 40)].map((p) => p.png().toBuffer())),
      { join: { animated: true } },
    );
    const { bytes, type } = await renderer.render(
      stored('a.gif', await frames.gif().toBuffer()),
      THUMB,
    );
    expect(type).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 185, height: 135 });
    expect(await colourAt(bytes, 90, 130)).toBe('red');
  });
});

describe('what is no picture', () => {
  it('is text with the name of one', async () => {
    const source = stored('a.png', Buffer.from('just words'));
    await expect(renderer.render(source, THUMB)).rejects.toThrow(NotAnImageError);
  });

  it('is a picture cut short', async () => {
    const jpeg = await picture(800, 800).jpeg().toBuffer();
    const source = stored('a.jpg', jpeg.subarray(0, jpeg.length / 2));
    await expect(renderer.render(source, THUMB)).rejects.toThrow(NotAnImageError);
  });

  it('is a drawing with the name of a picture: it could name other files', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g/></svg>';
    await expect(renderer.render(stored('a.png', Buffer.from(svg)), THUMB)).rejects.toThrow(
      NotAnImageError,
    );
  });

  it('is any other name, and its bytes are not read', async () => {
    const source = stored('a.txt', await picture(9, 9).png().toBuffer());
    await expect(renderer.render(source, THUMB)).rejects.toThrow(NotAnImageError);
    expect(source.reads).toBe(0);
  });

  it('is a small file that promises billions of pixels', async () => {
    const png = await picture(1, 1).png().toBuffer();
    // Width and height are in the first chunk, IHDR; its checksum follows at byte 29.
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    await expect(renderer.render(stored('bomb.png', png), THUMB)).rejects.toThrow(NotAnImageError);
  });
});

describe('the cache of renditions', () => {
  it('keeps what the pages show, over a restart', async () => {
    const source = stored('a.png', await picture(800, 400).png().toBuffer());
    const first = await renderer.render(source, THUMB);
    const restarted = (await createRenderer({ cacheDir }))!;
    expect(Buffer.compare((await restarted.render(source, THUMB)).bytes, first.bytes)).toBe(0);
    expect(source.reads).toBe(1);
  });

  it('keeps nothing of sizes that only somebody who fills disks would ask for', async () => {
    const source = stored('a.png', await picture(800, 400).png().toBuffer());
    await renderer.render(source, { width: 321, crop: false });
    await renderer.render(source, { width: 321, crop: false });
    expect(source.reads).toBe(2);
  });

  it('makes a picture once for all who ask at the same time', async () => {
    const source = stored('a.png', await picture(800, 400).png().toBuffer());
    const all = await Promise.all(Array.from({ length: 20 }, () => renderer.render(source, THUMB)));
    expect(source.reads).toBe(1);
    expect(new Set(all.map(({ bytes }) => bytes)).size).toBe(1);
    const { blobId } = source;
    const folder = path.join(cacheDir, blobId.slice(0, 2), blobId.slice(2, 4));
    expect(await readdir(folder)).toContain(`${blobId}.185x135-crop`);
    expect((await readdir(folder)).filter((name) => name.split('.').length > 2)).toEqual([]);
  });

  it('asks again after a failure', async () => {
    const png = await picture(80, 40).png().toBuffer();
    const source = stored('a.png', png);
    const broken = { ...source, open: () => Promise.reject(new Error('the disk is away')) };
    await expect(renderer.render(broken, THUMB)).rejects.toThrow('the disk is away');
    expect((await renderer.render(source, THUMB)).type).toBe('image/png');
  });

  it('forgets a blob that is removed', async () => {
    const source = stored('a.png', await picture(80, 40).png().toBuffer());
    await renderer.render(source, THUMB);
    await renderer.forget(source.blobId);
    await renderer.render(source, THUMB);
    expect(source.reads).toBe(2);
  });

  it('that cannot be written costs time, not the picture', async () => {
    const blocked = path.join(cacheDir, 'blocked');
    await writeFile(blocked, 'a file where the folder should be');
    const unkept = (await createRenderer({ cacheDir: blocked }))!;
    const source = stored('a.png', await picture(80, 40).png().toBuffer());
    expect((await unkept.render(source, THUMB)).type).toBe('image/png');
  });
});

it('turns work away when too many pictures are waiting', async () => {
  const never = () => new Promise<Readable>(() => undefined);
  const ask = () => renderer.render({ ...stored('a.png', Buffer.alloc(0)), open: never }, THUMB);
  const asked = Array.from({ length: 103 }, () => ask());
  await expect(Promise.race(asked)).rejects.toThrow(RendererBusyError);
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
