import { GettError } from './gett-error.ts';

/** No connection, or it was cut before the answer. */
export class NetworkError extends GettError {
  override readonly name = 'NetworkError';
  readonly code = 'network';
  override readonly retryable = true;
}

/** The answer to a JSON call took longer than `timeout`. */
export class TimeoutError extends GettError {
  override readonly name = 'TimeoutError';
  readonly code = 'timeout';
  override readonly retryable = true;
}

/** An upload moved no byte for `stallTimeout`. */
export class StalledError extends GettError {
  override readonly name = 'StalledError';
  readonly code = 'stalled';
  override readonly retryable = true;
}

/** The file has changed, moved or gone since it was chosen. Nothing wrong was stored. */
export class SourceChangedError extends GettError {
  override readonly name = 'SourceChangedError';
  readonly code = 'source-changed';
}

/** There are no tokens; call `signIn` first. */
export class NotSignedInError extends GettError {
  override readonly name = 'NotSignedInError';
  readonly code = 'not-signed-in';
}
