import type { Transport } from '../types.ts';
import { streamTransport } from './stream.ts';

/** Node, Deno and Bun. */
export function chooseTransport(): Transport {
  return streamTransport((...args) => globalThis.fetch(...args));
}
