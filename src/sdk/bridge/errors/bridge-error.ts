import type { BridgeErrorCode } from './codes.ts';

/** The Bridge refused a request, or answered something that cannot be understood. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';

  constructor(
    /** The server's own sentence, or ours when it gave none. */
    message: string,
    /** What went wrong, told from sentence and status together. */
    readonly code: BridgeErrorCode,
    /** HTTP status. Many mistakes of the caller come as 500, so decide by `code`. */
    readonly status: number,
    /** Method and route with placeholders, for example `GET /buckets/:id`. */
    readonly endpoint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
