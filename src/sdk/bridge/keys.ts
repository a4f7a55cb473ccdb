import { array } from '../../protocol/decoder.ts';
import { decodeNothing, decodePublicKey } from './decoders.ts';
import { compressPublicKey, KeyPair } from './key-pair.ts';
import type { CallOptions, Requests } from './requests.ts';
import type { PublicKey } from './shapes.ts';

/** A key pair, or a public key as hexadecimal text. */
export type KeyLike = KeyPair | string;

/** The public keys of the account (spec section 3). */
export class Keys {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * Those of the account, each as text exactly as it was registered.
   * @throws BridgeError `unauthorized` or `not-activated`
   */
  list(options: CallOptions = {}): Promise<PublicKey[]> {
    return this.#requests.authenticated('GET /keys', {
      ...options,
      decode: array(decodePublicKey),
    });
  }

  /** Registers a key in its compressed form, so that its pair can sign requests. */
  async add(key: KeyLike, options: CallOptions = {}): Promise<PublicKey> {
    return await this.#requests.authenticated('POST /keys', {
      ...options,
      fields: { key: registeredForm(key) },
      decode: decodePublicKey,
    });
  }

  /**
   * From then on nothing that its pair has signed is accepted.
   *
   * @param key text exactly as {@link Keys.list} gives it: other clients register other forms
   */
  remove(key: KeyLike, options: CallOptions = {}): Promise<void> {
    return this.#requests.authenticated('DELETE /keys/:key', {
      ...options,
      params: { key: keyText(key) },
      decode: decodeNothing,
    });
  }
}

/** @throws TypeError when the text is no public key */
export function registeredForm(key: KeyLike): string {
  return key instanceof KeyPair ? key.publicKey : compressPublicKey(key);
}

export function keyText(key: KeyLike): string {
  return key instanceof KeyPair ? key.publicKey : key;
}
