import { describe, expect, test } from 'vitest';
import { isPictureName, parseRendition } from '../../../../src/server/images/rendition.ts';

const parse = (segment: string, query = '') => parseRendition(segment, new URLSearchParams(query));

describe('the part of the path after blob/', () => {
  test.each([
    ['thumb', '', { width: 185, height: 135, crop: true }],
    ['scale', 'size=640x480', { width: 640, height: 480, crop: false }],
    ['scale', 'size=x675', { height: 675, crop: false }],
    ['scale', 'size=100x100&method=thumb', { width: 100, height: 100, crop: true }],
    ['50x36', 'method=thumb', { width: 50, height: 36, crop: true }],
    ['50x36', 'method=other', { width: 50, height: 36, crop: false }],
    ['x675', '', { height: 675, crop: false }],
    ['185x', '', { width: 185, crop: false }],
    ['1x2000', '', { width: 1, height: 2000, crop: false }],
  ])('%s?%s names a size', (segment, query, rendition) => {
    expect(parse(segment, query)).toEqual({ kind: 'rendition', rendition });
  });

  test.each([
    ['0x10', ''],
    ['10x2001', ''],
    ['x', ''],
    ['99999999999999999999x1', ''],
    ['scale', ''],
    ['scale', 'size=big'],
    ['scale', 'size=10x-5'],
    ['scale', 'size=0x0'],
  ])('%s?%s is a size that cannot be made', (segment, query) => {
    expect(parse(segment, query)).toEqual({ kind: 'bad-size' });
  });

  test.each(['', 'other', '10', '10x10x10', '-1x5', '1.5x2', 'thumb2'])(
    '"%s" is no rendition at all',
    (segment) => {
      expect(parse(segment)).toEqual({ kind: 'none' });
    },
  );
});

describe('a picture is known by its name', () => {
  test.each(['a.jpg', 'a.JPEG', 'a.png', 'b.c.gif'])('%s is one', (name) => {
    expect(isPictureName(name)).toBe(true);
  });
  test.each(['a.svg', 'jpg', 'a.jpg.exe', 'a.webp', 'png.txt'])('%s is none', (name) => {
    expect(isPictureName(name)).toBe(false);
  });
});
