import type { ViewState } from '../background/view-state.ts';

/** A change of the shape of {@link ViewState} changes the key. */
const KEY = 'view-4';

/**
 * The last known state, so that a popup shows something in its first frame. It is read before
 * anything is painted, which only `localStorage` allows.
 */
export function readSnapshot(): ViewState | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '');
  } catch {
    return undefined;
  }
}

export function writeSnapshot(state: ViewState): void {
  const { copied: _news, ...lasting } = state;
  try {
    localStorage.setItem(KEY, JSON.stringify(lasting));
  } catch {
    // No room: the next opening waits for the background instead.
    localStorage.removeItem(KEY);
  }
}

export function forgetSnapshot(): void {
  localStorage.removeItem(KEY);
}
