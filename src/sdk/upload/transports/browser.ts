import type { Transport } from '../types.ts';
import { fetchTransport } from './fetch.ts';
import { xhrTransport } from './xhr.ts';

/** The best that a page or a worker has: real progress where there is any. */
export function chooseTransport(): Transport {
  return typeof XMLHttpRequest === 'function'
    ? xhrTransport(XMLHttpRequest)
    : fetchTransport((...args) => globalThis.fetch(...args));
}
