import { edition } from '../../platform/product.ts';

/** A text, or an element: its name, its attributes, what it holds. */
export type Part = string | readonly [string, Readonly<Record<string, string>>, ...Part[]];

/** What the popup showed last, for its next first frame. */
export interface Frame {
  /** Looks and texts differ between editions. */
  edition: string;
  /** Attributes of the root element: language, direction, appearance. */
  root: Readonly<Record<string, string>>;
  parts: readonly Part[];
}

const KEY = 'frame';

/** Only `localStorage` can be read before anything is painted. */
export function readFrame(): Frame | undefined {
  try {
    const frame: Frame = JSON.parse(localStorage.getItem(KEY) ?? '');
    return frame.edition === edition() ? frame : undefined;
  } catch {
    return undefined;
  }
}

export function writeFrame(frame: Omit<Frame, 'edition'>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ edition: edition(), ...frame }));
  } catch {
    forgetFrame();
  }
}

export function forgetFrame(): void {
  localStorage.removeItem(KEY);
}
