import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createRenderer,
  type ImageRenderer,
  NotAnImageError,
} from '../../../../src/server/images/renderer.ts';

const THUMB = { width: 185, height: 135, crop: true };

let cacheDir: string;
let renderer: ImageRenderer;
let opened: number;

beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'renditions-'));
  const created = await createRenderer({ cacheDir });
  if (!created) throw new Error('sharp is missing');
  renderer = created;
  opened = 0;
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

const source = (filename: string, bytes: Uint8Array, blobId = 'abcdef0123456789') => ({
  blobId,
  filename,
  open: async () => {
    opened++;
    return Readable.from([bytes]);
  },
});

const blank = (width: number, height: number, background = '#3366cc') =>
  sharp({ create: { width, height, channels: 3, background } });

const keptFiles = async () =>
  (await readdir(cacheDir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

const sizeOf = async (bytes: Uint8Array) => {
  const { width, height, format } = await sharp(bytes).metadata();
  return { width, height, format };
};

describe('the size of a rendition', () => {
  test('a thumbnail fills its box, whatever the shape of the picture', async () => {
    const tall = await blank(400, 3000).jpeg().toBuffer();
    const { bytes, type } = await renderer.render(source('a.jpg', tall), THUMB);
    expect(await sizeOf(bytes)).toEqual({ width: 185, height: 135, format: 'jpeg' });
    expect(type).toBe('image/jpeg');
  });

  test('a scaled picture fits into its box and keeps its shape', async () => {
    const wide = await blank(1000, 500).png().toBuffer();
    const { bytes, type } = await renderer.render(source('a.png', wide), {
      width: 200,
      height: 200,
      crop: false,
    });
    expect(await sizeOf(bytes)).toEqual({ width: 200, height: 100, format: 'png' });
    expect(type).toBe('image/png');
  });

  test('one side is enough', async () => {
    const wide = await blank(1000, 500).png().toBuffer();
    const { bytes } = await renderer.render(source('a.png', wide), { height: 100, crop: false });
    expect(await sizeOf(bytes)).toMatchObject({ width: 200, height: 100 });
  });

  test('a small picture is not enlarged', async () => {
    const small = await blank(30, 20).png().toBuffer();
    const { bytes } = await renderer.render(source('a.png', small), { height: 675, crop: false });
    expect(await sizeOf(bytes)).toMatchObject({ width: 30, height: 20 });
  });

  test('a photograph taken on its side is put upright, and its place is not given away', async () => {
    const photo = await blank(400, 200)
      .jpeg()
      .withExif({ IFD3: { GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { bytes } = await renderer.render(source('a.jpeg', photo), { width: 100, crop: false });
    expect(await sizeOf(bytes)).toMatchObject({ width: 100, height: 200 });
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });
});

describe('the kind of a rendition', () => {
  test('a moving GIF gives its first frame as PNG', async () => {
    const frames = [
      await blank(8, 8, '#ff0000').png().toBuffer(),
      await blank(8, 8).png().toBuffer(),
    ];
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(moving, { animated: true }).metadata()).pages).toBe(2);
    const { bytes, type } = await renderer.render(source('a.gif', moving), THUMB);
    expect(type).toBe('image/png');
    const { dominant } = await sharp(bytes).stats();
    expect(dominant.r).toBeGreaterThan(200);
  });

  test('transparency is kept', async () => {
    const glass = await sharp({
      create: { width: 20, height: 20, channels: 4, background: '#00000000' },
    })
      .png()
      .toBuffer();
    const { bytes } = await renderer.render(source('a.png', glass), THUMB);
    expect((await sharp(bytes).stats()).isOpaque).toBe(false);
  });
});

describe('what is no picture', () => {
  const refused = (filename: string, bytes: Uint8Array) =>
    expect(renderer.render(source(filename, bytes), THUMB)).rejects.toBeInstanceOf(NotAnImageError);

  test('text with the name of a picture is refused', () =>
    refused('notes.png', Buffer.from('dear diary')));

  test('an empty file is refused', () => refused('empty.png', Buffer.alloc(0)));

  test('a drawing that could load other files is refused under any name', () =>
    refused(
      'a.png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ));

  test('a picture cut off in the middle is refused', async () => {
    const noise = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: 'white',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .jpeg()
      .toBuffer();
    await refused('a.jpg', noise.subarray(0, noise.length / 2));
  });

  test('a few bytes that promise billions of pixels are refused', () =>
    refused('bomb.png', pngHeader(60_000, 60_000)));

  test('another name is refused without opening the file', async () => {
    const picture = await blank(10, 10).png().toBuffer();
    await refused('a.bin', picture);
    expect(opened).toBe(0);
  });

  test('a read error is no fault of the picture', async () => {
    const broken = {
      blobId: 'abcdef0123456789',
      filename: 'a.png',
      open: () => Promise.reject(new Error('disk failed')),
    };
    await expect(renderer.render(broken, THUMB)).rejects.toThrow('disk failed');
  });
});

describe('the cache', () => {
  test('a thumbnail is made once and read from the cache afterwards', async () => {
    const picture = await blank(400, 300).jpeg().toBuffer();
    const first = await renderer.render(source('a.jpg', picture), THUMB);
    const again = await createRenderer({ cacheDir });
    const second = await again?.render(source('a.jpg', picture), THUMB);
    expect(Buffer.from(second?.bytes ?? [])).toEqual(Buffer.from(first.bytes));
    expect(second?.type).toBe('image/jpeg');
    expect(opened).toBe(1);
    expect(await keptFiles()).toEqual(['abcdef0123456789.185x135-crop']);
  });

  test('many who ask at once share one rendering', async () => {
    const picture = await blank(400, 300).jpeg().toBuffer();
    const asked = Array.from({ length: 500 }, () =>
      renderer.render(source('a.jpg', picture), THUMB),
    );
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(opened).toBe(1);
  });

  test('sizes that only a visitor made up are not kept', async () => {
    const picture = await blank(40, 30).jpeg().toBuffer();
    await renderer.render(source('a.jpg', picture), { width: 17, crop: false });
    expect(await keptFiles()).toEqual([]);
  });

  test('nothing is left of a file that is removed', async () => {
    const picture = await blank(40, 30).jpeg().toBuffer();
    await renderer.render(source('a.jpg', picture), THUMB);
    await renderer.forget('abcdef0123456789');
    expect(await keptFiles()).toEqual([]);
  });

  test('a disk that takes no thumbnails does not keep them from the visitor', async () => {
    const nowhere = await createRenderer({ cacheDir: '/dev/null' });
    const picture = await blank(40, 30).jpeg().toBuffer();
    const rendered = await nowhere?.render(source('a.jpg', picture), THUMB);
    expect(rendered?.type).toBe('image/jpeg');
  });
});

test('more pictures than may wait are turned away, and those that wait are made', async () => {
  const picture = await blank(40, 30).jpeg().toBuffer();
  const results = await Promise.allSettled(
    Array.from({ length: 150 }, (_, index) =>
      renderer.render(source('a.jpg', picture, `abcd${index}`), THUMB),
    ),
  );
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(failed).toHaveLength(48);
  expect(failed.every(({ name }) => name === 'RendererBusyError')).toBe(true);
});

/** The first bytes of a PNG, with a correct checksum. */
function pngHeader(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from([0x78, 0x9c])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
