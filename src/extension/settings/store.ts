import { decodeSettings, type Settings } from './settings.ts';

/** The place of the settings, read and written as one value and watched from every context. */
export interface SettingsMemory {
  get: () => Promise<unknown>;
  set: (settings: Settings) => Promise<void>;
  /** Tells of changes, those of this context among them. */
  watch: (listener: (stored: unknown) => void) => void;
}

export interface SettingsStore {
  /** As they are now, wherever they were changed. */
  current: () => Settings;
  /** Resolves when the change is stored. Changes of one context never undo each other. */
  change: (part: Partial<Settings>) => Promise<void>;
  listen: (listener: (settings: Settings) => void) => void;
}

export async function openSettings(memory: SettingsMemory): Promise<SettingsStore> {
  const listeners: ((settings: Settings) => void)[] = [];
  let settings = decodeSettings(await memory.get());
  let writing: Promise<void> = Promise.resolve();

  function take(next: Settings) {
    settings = next;
    for (const listener of listeners) listener(next);
  }
  memory.watch((stored) => take(decodeSettings(stored)));

  return {
    current: () => settings,
    change(part) {
      const write = async () => {
        const next = { ...decodeSettings(await memory.get()), ...part };
        await memory.set(next);
        take(next);
      };
      const written = writing.then(write);
      // A write that failed is told to whoever asked for it, and does not stop the next one.
      writing = written.catch(() => undefined);
      return written;
    },
    listen: (listener) => void listeners.push(listener),
  };
}
