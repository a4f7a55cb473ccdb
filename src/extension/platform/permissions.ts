import { browser } from 'wxt/browser';

/**
 * Asks for one origin. Must be the first thing in a click handler: after an `await` both browsers
 * refuse. https://github.com/w3c/webextensions/issues/918
 */
export function requestOrigin(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [origin] });
}

/** Tells of hosts that the user has just allowed, wherever the question was asked. */
export function onOriginsGranted(listener: (origins: readonly string[]) => void): void {
  browser.permissions.onAdded.addListener(({ origins }) => {
    if (origins && origins.length > 0) listener(origins);
  });
}

const CLIPBOARD = { permissions: ['clipboardWrite' as const] };

/** Whether the background may put something on the clipboard; a click in a page always may. */
export function mayCopy(): Promise<boolean> {
  return browser.permissions.contains(CLIPBOARD);
}

/** Call it first thing in a click, or browsers refuse to ask. */
export function requestCopying(): Promise<boolean> {
  return browser.permissions.request(CLIPBOARD);
}

/** Tells that a permission was given or taken back, wherever it was done. */
export function onPermissionsChanged(listener: () => void): void {
  browser.permissions.onAdded.addListener(listener);
  browser.permissions.onRemoved.addListener(listener);
}

export function hasOrigin(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [origin] });
}
