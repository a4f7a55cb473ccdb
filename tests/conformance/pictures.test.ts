import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, put, Service } from './support.ts';

let service: Service;
let jpeg: Buffer;
beforeAll(async () => {
  service = await Service.start();
  jpeg = await picture(800, 400).jpeg().toBuffer();
});
afterAll(() => service.stop());

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c04020' } });

async function sizeOf(url: string) {
  const { status, headers, bytes } = await exchange(url);
  const { width, height, format } = await sharp(bytes).metadata();
  return { status, type: headers['content-type'], format, width, height };
}

describe('4.12 thumbnails and scaled pictures', () => {
  test.each([
    ['/thumb', 185, 135],
    ['/scale?size=100x100', 100, 50],
    ['/scale?size=100x100&method=thumb', 100, 100],
    ['/50x36', 50, 25],
    ['/50x36?method=thumb', 50, 36],
    ['/x200', 400, 200],
    ['/200x', 200, 100],
    ['/2000x2000', 800, 400],
  ])('4.12 blob%s of 800x400 is %dx%d', async (suffix, width, height) => {
    const file = await service.uploaded('photo.jpg', jpeg);
    expect(await sizeOf(service.blobUrl(file, suffix))).toEqual({
      status: 200,
      type: 'image/jpeg',
      format: 'jpeg',
      width,
      height,
    });
  });

  test.each(['png', 'gif'] as const)('4.12 %s becomes PNG', async (format) => {
    const bytes = await picture(80, 40).toFormat(format).toBuffer();
    const file = await service.uploaded(`photo.${format}`, bytes);
    expect(await sizeOf(service.blobUrl(file, '/40x'))).toMatchObject({
      type: 'image/png',
      format: 'png',
      width: 40,
    });
  });

  test('4.12 they do not count as downloads, work for HEAD and follow a replacement', async () => {
    const file = await service.uploaded('photo.jpg', jpeg);
    const url = service.blobUrl(file, '/x100');
    const { status, headers, bytes } = await exchange(url, { method: 'HEAD' });
    expect([status, headers['content-type'], bytes.length]).toEqual([200, 'image/jpeg', 0]);
    const etag = String((await exchange(url)).headers.etag);
    expect((await exchange(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await service.file(file)).downloads).toBe(0);

    await put(file.upload.puturl, await picture(400, 400).jpeg().toBuffer());
    expect(await sizeOf(url)).toMatchObject({ width: 100, height: 100 });
  });

  test.each([
    '/0x10',
    '/2001x10',
    '/x2001',
    '/x',
    '/scale',
    '/scale?size=big',
    '/scale?size=10x-5',
  ])('4.12 blob%s gets 400', async (suffix) => {
    const file = await service.uploaded('photo.jpg', jpeg);
    const { status, json } = await exchange(service.blobUrl(file, suffix));
    expect(status).toBe(400);
    expect(json.error).toMatch(/2000/);
  });

  test('1.3 what is not a picture, by name or by its bytes, gets 415', async () => {
    const byName = await service.uploaded('plan.txt', jpeg);
    const byBytes = await service.uploaded('photo.jpg', 'no picture at all');
    const svg = await service.uploaded('photo.png', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    for (const file of [byName, byBytes, svg]) {
      const { status, json } = await exchange(service.blobUrl(file, '/thumb'));
      expect([status, json]).toEqual([415, { error: 'not an image' }]);
    }
  });

  test('4.12 only while the file is uploaded', async () => {
    const file = await service.newFile((await service.newShare()).sharename, 'photo.jpg');
    expect((await exchange(service.blobUrl(file, '/thumb'))).status).toBe(404);
    expect((await exchange(service.blobUrl(file, '/nothing'))).status).toBe(404);
  });
});
