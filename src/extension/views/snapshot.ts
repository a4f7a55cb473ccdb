import type { ViewState } from '../background/view-state.ts';
import { forgetFrame } from './frame/kept.ts';

/** A change of the shape of {@link ViewState} changes the key. */
const KEY = 'view-4';

/** What this page shows, as it was stored. */
let shown: string | null = null;

/**
 * The last known state, so that a popup shows something in its first frame. It is read before
 * anything is painted, which only `localStorage` allows.
 */
export function readSnapshot(): ViewState | undefined {
  shown = localStorage.getItem(KEY);
  try {
    return JSON.parse(shown ?? '');
  } catch {
    return undefined;
  }
}

export function writeSnapshot(state: ViewState): void {
  shown = null;
  // Nothing of a private window is kept.
  if (state.private) return;
  const { copied: _news, ...lasting } = state;
  // The version grows with every start of the background and says nothing to the next page.
  const next = JSON.stringify({ ...lasting, version: 0 }, inOrder);
  if (next !== localStorage.getItem(KEY)) {
    forgetSnapshot();
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // No room: the next opening waits for the background instead.
      return;
    }
  }
  shown = next;
}

/** What the background has read from its storage has its keys sorted, what it was told has not. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Takes along the picture that was drawn of it. */
export function forgetSnapshot(): void {
  forgetFrame();
  localStorage.removeItem(KEY);
}

/** Whether the page shows what is stored, and not what another page has replaced since. */
export function showsSnapshot(): boolean {
  return shown !== null && shown === localStorage.getItem(KEY);
}
