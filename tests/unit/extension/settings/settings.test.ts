import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, decodeSettings } from '../../../../src/extension/settings/settings.ts';
import { openSettings, type SettingsMemory } from '../../../../src/extension/settings/store.ts';

/** Storage that two contexts share: each hears of every change, and writing takes a while. */
function shared(stored?: unknown): SettingsMemory & { stored: () => unknown; full: boolean } {
  const listeners: ((stored: unknown) => void)[] = [];
  const memory = {
    full: false,
    stored: () => stored,
    async get() {
      await Promise.resolve();
      return stored;
    },
    async set(next: unknown) {
      await Promise.resolve();
      if (memory.full) throw new Error('QuotaExceededError');
      stored = next;
      for (const listener of listeners) listener(next);
    },
    watch: (listener: (stored: unknown) => void) => void listeners.push(listener),
  };
  return memory;
}

describe('stored settings', () => {
  it('have their defaults before anything was chosen', () => {
    expect(decodeSettings(undefined)).toEqual(DEFAULT_SETTINGS);
  });

  it('keep what is right when another value is damaged or unknown', () => {
    expect(
      decodeSettings({ copyFormat: 'html', appearance: 'sepia', copyByItself: 'yes', more: 1 }),
    ).toEqual({ ...DEFAULT_SETTINGS, copyFormat: 'html' });
  });

  it('can be anything at all without an error', () => {
    for (const stored of [null, 7, 'dark', [], () => {}]) {
      expect(decodeSettings(stored)).toEqual(DEFAULT_SETTINGS);
    }
  });
});

describe('the store of settings', () => {
  it('keeps a choice for the next opening', async () => {
    const memory = shared();
    await (await openSettings(memory)).change({ appearance: 'dark', copyByItself: false });
    const { current } = await openSettings(memory);
    expect(current()).toEqual({ ...DEFAULT_SETTINGS, appearance: 'dark', copyByItself: false });
  });

  it('loses no change when several are made at once', async () => {
    const memory = shared();
    const store = await openSettings(memory);
    await Promise.all([
      store.change({ copyFormat: 'markdown' }),
      store.change({ compactList: true }),
      store.change({ notifications: 'problems' }),
    ]);
    expect(memory.stored()).toEqual({
      ...DEFAULT_SETTINGS,
      copyFormat: 'markdown',
      compactList: true,
      notifications: 'problems',
    });
  });

  it('follows what another page changes, and keeps it when changing something else', async () => {
    const memory = shared();
    const [here, there] = await Promise.all([openSettings(memory), openSettings(memory)]);
    const heard: string[] = [];
    here.listen(({ copyFormat }) => heard.push(copyFormat));
    await there.change({ copyFormat: 'bbcode' });
    expect(here.current().copyFormat).toBe('bbcode');
    expect(heard).toEqual(['bbcode']);
    await here.change({ compactList: true });
    expect(there.current()).toMatchObject({ copyFormat: 'bbcode', compactList: true });
  });

  it('says so when a choice could not be stored, and goes on', async () => {
    const memory = shared();
    const store = await openSettings(memory);
    memory.full = true;
    await expect(store.change({ appearance: 'dark' })).rejects.toThrow('QuotaExceededError');
    expect(store.current().appearance).toBe('system');
    memory.full = false;
    await store.change({ appearance: 'light' });
    expect(store.current().appearance).toBe('light');
  });
});
