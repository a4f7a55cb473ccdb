/** The Bridge could not be reached or the connection broke; `cause` says how. */
export class BridgeConnectionError extends Error {
  override readonly name = 'BridgeConnectionError';

  constructor(
    /** Method and route with placeholders, for example `GET /buckets/:id`. */
    readonly endpoint: string,
    options?: ErrorOptions,
  ) {
    super(
      `No connection to the Bridge for ${endpoint}. Try again when it can be reached.`,
      options,
    );
  }
}
