import { array } from '../../protocol/decoder.ts';
import { decodeBucket, decodeNothing } from './decoders.ts';
import { type KeyLike, keyText } from './keys.ts';
import type { CallOptions, Requests } from './requests.ts';
import type { Bucket } from './shapes.ts';

/** What a bucket is made with, and what can be changed later. */
export interface BucketFields {
  /** Default on the server: "New Bucket". */
  name?: string;
  /** Gigabytes; default on the server: 10. */
  storage?: number;
  /** Gigabytes; default on the server: 30. */
  transfer?: number;
  /**
   * Keys that may make tokens. The whole list is replaced, and text is sent as it is, because a
   * list may hold keys that other clients wrote in another form.
   */
  pubkeys?: readonly KeyLike[];
}

/** Buckets of the account (spec section 4). Those of others are "not found". */
export class Buckets {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * Those of the account, in the order of the server; empty when it has none.
   * @throws BridgeError `unauthorized` or `not-activated`
   */
  list(options: CallOptions = {}): Promise<Bucket[]> {
    return this.#requests.authenticated('GET /buckets', {
      ...options,
      decode: array(decodeBucket),
    });
  }

  /** A signed request adds its key to the bucket's. */
  create(fields: BucketFields = {}, options: CallOptions = {}): Promise<Bucket> {
    return this.#requests.authenticated('POST /buckets', {
      ...options,
      fields: onWire(fields),
      decode: decodeBucket,
    });
  }

  /**
   * One of them as it is now.
   * @throws BridgeError `not-found`, also for the bucket of somebody else
   */
  get(id: string, options: CallOptions = {}): Promise<Bucket> {
    return this.#requests.authenticated('GET /buckets/:id', {
      ...options,
      params: { id },
      decode: decodeBucket,
    });
  }

  /** Changes the given fields only. */
  update(id: string, fields: BucketFields, options: CallOptions = {}): Promise<Bucket> {
    return this.#requests.authenticated('PATCH /buckets/:id', {
      ...options,
      params: { id },
      fields: onWire(fields),
      decode: decodeBucket,
    });
  }

  /** Removes the bucket and its file records. */
  remove(id: string, options: CallOptions = {}): Promise<void> {
    return this.#requests.authenticated('DELETE /buckets/:id', {
      ...options,
      params: { id },
      decode: decodeNothing,
    });
  }
}

/** Members keep the order in which the caller wrote them, as the reference client does. */
function onWire(fields: BucketFields): Record<string, unknown> {
  return fields.pubkeys ? { ...fields, pubkeys: fields.pubkeys.map(keyText) } : { ...fields };
}
