/**
 * Whether this is a page, a worker or an extension of a browser. Those name themselves
 * (`User-Agent` is not ours to set) and cannot send streams: Chromium refuses one over HTTP/1.1 and
 * Firefox sends the text `[object ReadableStream]`.
 */
export function inBrowser(): boolean {
  return globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false;
}
