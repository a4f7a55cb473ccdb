/** Which browsers the extension runs in, for its manifest and for the setup of its tests. */

/** The oldest ones. */
export const OLDEST = { chromium: '148', firefox: '142.0' };

/**
 * The version in what `chromium --version` or `firefox --version` prints.
 * @param {string} text
 * @returns {string | undefined}
 */
export const versionIn = (text) => /\b(\d+(?:\.\d+)*)/.exec(text)?.[1];

/**
 * Compares number by number: 99 is older than 142, and 142 is the same as 142.0.
 * @param {string} version
 * @param {string} than
 */
export function isOlder(version, than) {
  const [here, there] = [version, than].map((text) => text.split('.').map(Number));
  for (let i = 0; i < Math.max(here?.length ?? 0, there?.length ?? 0); i++) {
    const difference = (here?.[i] ?? 0) - (there?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
