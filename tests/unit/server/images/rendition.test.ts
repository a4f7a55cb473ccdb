import { describe, expect, it } from 'vitest';
import { isPictureName, parseRendition } from '../../../../src/server/images/rendition.ts';

const parse = (target: string) => {
  const [segment = '', query] = target.split('?');
  return parseRendition(segment, new URLSearchParams(query));
};

describe('the spellings of a picture made smaller', () => {
  it.each([
    ['thumb', { width: 185, height: 135, crop: true }],
    ['scale?size=50x36', { width: 50, height: 36, crop: false }],
    ['scale?size=x675', { height: 675, crop: false }],
    ['50x36', { width: 50, height: 36, crop: false }],
    ['50x36?method=thumb', { width: 50, height: 36, crop: true }],
    ['scale?size=50x36&method=thumb', { width: 50, height: 36, crop: true }],
    ['x675', { height: 675, crop: false }],
    ['185x', { width: 185, crop: false }],
    ['1x2000', { width: 1, height: 2000, crop: false }],
    ['50x36?t=1700000000000', { width: 50, height: 36, crop: false }],
  ])('%s', (target, rendition) => {
    expect(parse(target)).toEqual({ kind: 'rendition', rendition });
  });

  it.each(['scale', 'scale?size=', 'scale?size=big', 'x', '0x10', '10x2001', '99999999999x1'])(
    '%s has a size that cannot be',
    (target) => expect(parse(target)).toEqual({ kind: 'bad-size' }),
  );

  it.each(['', 'thumbs', '50X36', '-1x5', '1.5x2', '50x36.png'])('"%s" is none', (target) =>
    expect(parse(target)).toEqual({ kind: 'none' }),
  );
});

describe('pictures by name', () => {
  it.each(['a.jpg', 'A.JPEG', 'x.y.png', 'b.Gif'])('%s is one', (name) =>
    expect(isPictureName(name)).toBe(true),
  );
  it.each(['jpg', 'a.jpg.txt', 'a.svg', 'a.webp', 'apng'])('%s is none', (name) =>
    expect(isPictureName(name)).toBe(false),
  );
});
