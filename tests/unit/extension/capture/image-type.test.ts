import { describe, expect, it } from 'vitest';
import { imageTypeOf, isWebPage } from '../../../../src/extension/capture/image-type.ts';

const blob = (text: string) => new Blob([Buffer.from(text, 'latin1')]);

describe('the format of a picture', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x20ftypavif', 'image/avif'],
    ['BM\x10\0\0\0\0\0\0\0', 'image/bmp'],
    ['\0\0\x01\0\x01\0', 'image/x-icon'],
    ['<svg xmlns="http://www.w3.org/2000/svg">', 'image/svg+xml'],
    ['\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<svg>', 'image/svg+xml'],
  ])('%j is %s', async (head, type) => {
    expect(await imageTypeOf(blob(head))).toMatchObject({ type });
  });

  it.each(['', 'hello', '<html><svg>', 'RIFF\0\0\0\0WAVE', '<svgx>'])(
    '%j is none',
    async (head) => {
      expect(await imageTypeOf(blob(head))).toBeUndefined();
    },
  );
});

describe('a web page', () => {
  it('is told from a picture and from text', async () => {
    expect(await isWebPage(blob('\n<!doctype html><html>'))).toBe(true);
    expect(await isWebPage(blob('<!-- x --><html lang="en">'))).toBe(true);
    expect(await isWebPage(blob('<svg>'))).toBe(false);
    expect(await isWebPage(blob('plain'))).toBe(false);
  });
});
