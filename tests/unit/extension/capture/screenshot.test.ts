import { describe, expect, it } from 'vitest';
import { heightThatFits, pixelsOf } from '../../../../src/extension/capture/screenshot.ts';

describe('a part of a picture of the window', () => {
  const window = { width: 1000, height: 500 };
  const rect = { x: 10, y: 20, width: 30, height: 40 };

  it.each([
    [1, { left: 10, top: 20, width: 30, height: 40 }],
    [2, { left: 20, top: 40, width: 60, height: 80 }],
    [1.25, { left: 13, top: 25, width: 37, height: 50 }],
  ])('at a density of %d', (density, pixels) => {
    const picture = { width: 1000 * density, height: 500 * density };
    expect(pixelsOf({ rect, window }, picture)).toEqual(pixels);
  });

  it('is cut where the window ends', () => {
    const over = { x: -20, y: 450, width: 100, height: 100 };
    const pixels = pixelsOf({ rect: over, window }, window);
    expect(pixels).toEqual({ left: 0, top: 450, width: 80, height: 50 });
  });

  it('is empty outside the window', () => {
    const away = { x: 10, y: 900, width: 100, height: 100 };
    expect(pixelsOf({ rect: away, window }, window).height).toBe(0);
  });
});

describe('a long page', () => {
  it('fits whole into a picture as long as its sides and its area allow', () => {
    expect(heightThatFits({ width: 1000, height: 30_000 }, 1)).toEqual({
      height: 30_000,
      whole: true,
    });
  });

  it('is cut at the longest side, and at the largest area, in pixels of the display', () => {
    expect(heightThatFits({ width: 1000, height: 90_000 }, 1)).toEqual({
      height: 32_767,
      whole: false,
    });
    expect(heightThatFits({ width: 2000, height: 90_000 }, 2)).toEqual({
      height: 8_000,
      whole: false,
    });
  });
});
