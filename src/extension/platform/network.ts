/** Tells when the computer's network comes and goes. Only a document hears of it at all times. */
export function onNetworkChange(listener: () => void): void {
  for (const type of ['online', 'offline']) addEventListener(type, listener);
}

/** What the browser says; it knows of cables and radio, not of what lies behind them. */
export function isOnline(): boolean {
  return navigator.onLine;
}
