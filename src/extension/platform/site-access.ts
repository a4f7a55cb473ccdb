import { browser } from 'wxt/browser';

/** Match patterns of the sites that the user has given access to, for example `https://x.org/*`. */
export async function grantedOrigins(): Promise<string[]> {
  return (await browser.permissions.getAll()).origins ?? [];
}

/** `false` when the browser refuses. */
export function removeOrigin(origin: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [origin] });
}

/** Call it first thing in a click, or browsers refuse to ask. */
export function requestNotifications(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['notifications'] });
}
