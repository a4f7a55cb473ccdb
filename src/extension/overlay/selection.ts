/** A part of the window, in CSS pixels. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Which sides a handle moves: `n` the upper, `se` the lower and the right one. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof HANDLES)[number];

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** What lies between two points, whichever way they were drawn. */
export function between(
  a: { x: number; y: number },
  b: { x: number; y: number },
  { width, height }: Size,
): Rect {
  const [left, right] = [a.x, b.x].map((x) => clamp(Math.round(x), 0, width)).toSorted(ascending);
  const [top, bottom] = [a.y, b.y].map((y) => clamp(Math.round(y), 0, height)).toSorted(ascending);
  if (left === undefined || right === undefined || top === undefined || bottom === undefined) {
    throw new Error('Two points have four coordinates.');
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const ascending = (a: number, b: number) => a - b;

/** Moves it as a whole, as far as the window goes. */
export function moved(rect: Rect, by: { x: number; y: number }, window: Size): Rect {
  return {
    ...rect,
    x: clamp(rect.x + Math.round(by.x), 0, window.width - rect.width),
    y: clamp(rect.y + Math.round(by.y), 0, window.height - rect.height),
  };
}

/** Drags one of its handles; past the opposite side it turns over. */
export function resized(
  rect: Rect,
  handle: Handle,
  by: { x: number; y: number },
  window: Size,
): Rect {
  const start = { x: rect.x, y: rect.y };
  const end = { x: rect.x + rect.width, y: rect.y + rect.height };
  if (handle.includes('w')) start.x += by.x;
  if (handle.includes('e')) end.x += by.x;
  if (handle.includes('n')) start.y += by.y;
  if (handle.includes('s')) end.y += by.y;
  return between(start, end, window);
}

/** Half the window, in its middle: where somebody begins who has no mouse. */
export function middle({ width, height }: Size): Rect {
  return between(
    { x: width / 4, y: height / 4 },
    { x: (width * 3) / 4, y: (height * 3) / 4 },
    { width, height },
  );
}

const STEPS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** How far an arrow key moves: 1 pixel, with Shift 10; `undefined` for every other key. */
export function stepOf(key: string, shift: boolean): { x: number; y: number } | undefined {
  const step = STEPS[key];
  const length = shift ? 10 : 1;
  return step && { x: step.x * length, y: step.y * length };
}
