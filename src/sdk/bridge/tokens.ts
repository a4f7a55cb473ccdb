import { decodeToken } from './decoders.ts';
import type { CallOptions, Requests } from './requests.ts';
import type { Operation, Token } from './shapes.ts';

/** Permissions for one transfer each (spec section 5). */
export class Tokens {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * A PULL token may be handed to somebody else, who can fetch any one file of the bucket with it
   * once, within five minutes. A signature by a key of the bucket is enough.
   */
  create(bucketId: string, operation: Operation, options: CallOptions = {}): Promise<Token> {
    return this.#requests.authenticated('POST /buckets/:id/tokens', {
      ...options,
      params: { id: bucketId },
      fields: { operation },
      decode: decodeToken,
    });
  }
}
