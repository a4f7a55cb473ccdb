/** What went wrong, in one word that programs can compare. */
export type GettErrorCode =
  | 'bad-request'
  | 'unauthorized'
  | 'wrong-credentials'
  | 'access-denied'
  | 'not-found'
  | 'storage-limit'
  | 'not-an-image'
  | 'too-many-requests'
  | 'server'
  | 'network'
  | 'timeout'
  | 'stalled'
  | 'invalid-answer'
  | 'source-changed'
  | 'not-signed-in';

/** What is known about the call that failed. */
export interface GettErrorDetails {
  /** HTTP status, when there was an answer. */
  status?: number | undefined;
  /** Method and path below the API root, for example `POST /shares/create`. */
  endpoint?: string | undefined;
  /** Without query: tokens and signatures travel there. */
  url?: string | undefined;
  /** The decoded body of the answer. */
  body?: unknown;
  /** Milliseconds that the server asked to wait. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

const BRAND: unique symbol = Symbol.for('gett.error');

/**
 * Base of the errors of the Ge.tt and SmartFile clients. Those of the Bridge and JetStream clients
 * have bases and codes of their own. An aborted call is none of them: it rejects with the signal's
 * own `reason`.
 */
export abstract class GettError extends Error {
  abstract readonly code: GettErrorCode;
  /** The same call may succeed later without any change. */
  readonly retryable: boolean = false;
  declare readonly status: number | undefined;
  declare readonly endpoint: string | undefined;
  declare readonly url: string | undefined;
  declare readonly body: unknown;
  declare readonly retryAfter: number | undefined;

  constructor(message: string, { cause, ...known }: GettErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, known);
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * Whether something caught is a {@link GettError}; holds across realms and copies of the package.
 * Errors of the Bridge and JetStream clients are none.
 *
 * @example
 * try {
 *   await gett.me();
 * } catch (error) {
 *   if (isGettError(error) && error.code === 'not-signed-in') showSignIn();
 *   else throw error;
 * }
 */
export function isGettError(error: unknown): error is GettError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
