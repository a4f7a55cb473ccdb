import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  HANDLES,
  middle,
  moved,
  resized,
  stepOf,
} from '../../../../src/extension/overlay/selection.ts';

const window = { width: 800, height: 600 };
const point = record({
  x: integer({ min: -900, max: 1700 }),
  y: integer({ min: -900, max: 1700 }),
});

describe('a chosen area', () => {
  it('is the same whichever way it was drawn', () => {
    const rect = { x: 10, y: 20, width: 90, height: 180 };
    expect(between({ x: 10, y: 20 }, { x: 100, y: 200 }, window)).toEqual(rect);
    expect(between({ x: 100, y: 20 }, { x: 10, y: 200 }, window)).toEqual(rect);
  });

  it('never leaves the window, however it is drawn, moved and resized', () => {
    const handle = constantFrom(...HANDLES);
    assert(
      property(point, point, point, point, handle, (a, b, by, more, handle) => {
        const rect = resized(moved(between(a, b, window), by, window), handle, more, window);
        expect(rect.x).toBeGreaterThanOrEqual(0);
        expect(rect.y).toBeGreaterThanOrEqual(0);
        expect(rect.width).toBeGreaterThanOrEqual(0);
        expect(rect.height).toBeGreaterThanOrEqual(0);
        expect(rect.x + rect.width).toBeLessThanOrEqual(window.width);
        expect(rect.y + rect.height).toBeLessThanOrEqual(window.height);
      }),
    );
  });

  it('keeps its size when it is moved', () => {
    const rect = { x: 700, y: 10, width: 90, height: 80 };
    expect(moved(rect, { x: 50, y: -50 }, window)).toEqual({ ...rect, x: 710, y: 0 });
  });

  it('turns over when a side is dragged past the other', () => {
    const rect = { x: 100, y: 100, width: 50, height: 50 };
    expect(resized(rect, 'e', { x: -80, y: 9 }, window)).toEqual({ ...rect, x: 70, width: 30 });
    expect(resized(rect, 'nw', { x: 10, y: 20 }, window)).toEqual({
      x: 110,
      y: 120,
      width: 40,
      height: 30,
    });
  });

  it('begins in the middle without a mouse', () => {
    expect(middle(window)).toEqual({ x: 200, y: 150, width: 400, height: 300 });
  });

  it('moves by 1 with an arrow key, by 10 with Shift', () => {
    expect(stepOf('ArrowLeft', false)).toEqual({ x: -1, y: 0 });
    expect(stepOf('ArrowDown', true)).toEqual({ x: 0, y: 10 });
    expect(stepOf('a', false)).toBeUndefined();
  });
});
