import { browser } from 'wxt/browser';

/** One value of the extension that outlives the background's stops. */
export interface Slot<T> {
  get: () => Promise<T | undefined>;
  set: (value: T) => Promise<void>;
  clear: () => Promise<void>;
  /** Tells of changes, wherever they were made; `undefined` after clearing. */
  watch: (listener: (value: T | undefined) => void) => void;
}

/** @param area `local` stays for good; `session` is in memory and ends with the browser. */
export function slot<T>(area: 'local' | 'session', key: string): Slot<T> {
  const storage = browser.storage[area];
  const get = async () => (await storage.get<Record<string, T>>(key))[key];
  return {
    get,
    set: (value) => storage.set({ [key]: value }),
    clear: () => storage.remove(key),
    watch(listener) {
      storage.onChanged.addListener((changes) => {
        if (key in changes) void get().then(listener);
      });
    },
  };
}
