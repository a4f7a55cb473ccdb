import type * as Sdk from '../../../src/sdk/index.ts';

/**
 * One suite for every runtime. It knows nothing but the SDK and the web platform, so that the same
 * file runs in Node, in a page, in a worker and in an extension's service worker.
 */
export interface Context {
  sdk: typeof Sdk;
  /** API root of a real server. */
  baseUrl: string;
  email: string;
  password: string;
  /** For runtimes without one of their own. */
  WebSocket?: Sdk.LiveSocketConstructor;
}

export interface Case {
  name: string;
  /** Needs a database and locks that contexts share. */
  browserOnly?: true;
  run: (context: Context) => Promise<void>;
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`);
}

export function ok(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

export async function signedIn({ sdk, baseUrl, email, password, WebSocket }: Context) {
  const gett = new sdk.GettClient({ baseUrl, ...(WebSocket && { WebSocket }) });
  await gett.signIn({ email, password });
  return gett;
}

/** Bytes that no two calls share and that compress badly. */
export function noise(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65_536)));
  }
  return bytes;
}

export async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
