import { browser } from 'wxt/browser';

/**
 * Asks for one origin. Must be the first thing in a click handler: after an `await` both browsers
 * refuse. https://github.com/w3c/webextensions/issues/918
 */
export function requestOrigin(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [origin] });
}

export function hasOrigin(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [origin] });
}
