import { type ReadonlySignal, signal } from '@preact/signals';
import { slot } from '../platform/memory.ts';
import { decodeSettings, type Settings } from '../settings/settings.ts';
import { openSettings } from '../settings/store.ts';
import { forgetFrame } from './frame/kept.ts';

/** Settings as pages use them: there in the first frame, and up to date from then on. */
export interface SettingsView {
  current: ReadonlySignal<Settings>;
  /** Resolves when it is stored. */
  change: (part: Partial<Settings>) => Promise<void>;
}

const KEY = 'settings';

/**
 * The last known settings are kept in `localStorage` as well, which alone can be read before
 * anything is painted: a dark popup must not flash white.
 */
export function connectSettings(): SettingsView {
  const current = signal(decodeSettings(mirrored()));
  const store = openSettings(slot<Settings>('local', KEY));
  const show = (settings: Settings) => {
    current.value = settings;
    document.documentElement.dataset['appearance'] = settings.appearance;
    const next = JSON.stringify(settings);
    if (next === localStorage.getItem(KEY)) return;
    forgetFrame();
    localStorage.setItem(KEY, next);
  };
  show(current.value);
  void store.then(({ current, listen }) => {
    show(current());
    listen(show);
  });
  return { current, change: async (part) => (await store).change(part) };
}

function mirrored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '');
  } catch {
    return undefined;
  }
}
