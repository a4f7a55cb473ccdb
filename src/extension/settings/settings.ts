/** What a person can choose in the options. Each choice has a value from the first moment. */
export interface Settings {
  /** Whether the link of a new share is copied without a click. */
  copyByItself: boolean;
  /** What "Copy" puts on the clipboard. `link` is the bare address. */
  copyFormat: 'link' | 'markdown' | 'html' | 'bbcode';
  /** What files that are given together become: one share, or one share each. */
  grouping: 'together' | 'each';
  screenshotType: 'png' | 'jpeg' | 'webp';
  /** `done`: when a share is finished, and problems; `problems`: only what needs the user. */
  notifications: 'done' | 'problems' | 'none';
  /** `system` follows the computer. */
  appearance: 'system' | 'light' | 'dark';
  /** Rows without pictures, closer together. */
  compactList: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  copyByItself: true,
  copyFormat: 'link',
  grouping: 'together',
  screenshotType: 'png',
  notifications: 'none',
  appearance: 'system',
  compactList: false,
};

/** Every value that a choice can have, the default among them. */
export const CHOICES: { [K in keyof Settings]: readonly Settings[K][] } = {
  copyByItself: [true, false],
  copyFormat: ['link', 'markdown', 'html', 'bbcode'],
  grouping: ['together', 'each'],
  screenshotType: ['png', 'jpeg', 'webp'],
  notifications: ['done', 'problems', 'none'],
  appearance: ['system', 'light', 'dark'],
  compactList: [false, true],
};

/**
 * Reads what is stored. A value of an older or newer version, or a damaged one, becomes its default
 * and takes no other along.
 */
export function decodeSettings(stored: unknown): Settings {
  const source = typeof stored === 'object' && stored !== null ? stored : {};
  const found = new Map<string, unknown>(Object.entries(source));
  const read = <K extends keyof Settings>(key: K): Settings[K] => {
    const value = found.get(key);
    return CHOICES[key].find((choice) => choice === value) ?? DEFAULT_SETTINGS[key];
  };
  return {
    copyByItself: read('copyByItself'),
    copyFormat: read('copyFormat'),
    grouping: read('grouping'),
    screenshotType: read('screenshotType'),
    notifications: read('notifications'),
    appearance: read('appearance'),
    compactList: read('compactList'),
  };
}
