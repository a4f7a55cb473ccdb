import type { Transport } from '../types.ts';
import { fetchTransport } from './fetch.ts';
import { streamTransport } from './stream.ts';
import { xhrTransport } from './xhr.ts';

/** The best that this environment has: real progress where there is any. */
export function chooseTransport(): Transport {
  if (typeof XMLHttpRequest === 'function') return xhrTransport(XMLHttpRequest);
  const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args);
  return isServerRuntime() ? streamTransport(fetch) : fetchTransport(fetch);
}

/** Node and those that present themselves as Node (Bun, Deno). */
function isServerRuntime(): boolean {
  return String(Reflect.get(globalThis, 'process')) === '[object process]';
}
