import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Servers take any valid S; the reference client leaves it as it falls (spec section 2.2). */
const SIGNATURE = { prehash: true, format: 'der', lowS: false } as const;

const SEED_BYTES = 48;

/**
 * A secp256k1 key pair that signs requests. The private key leaves it by
 * {@link KeyPair.exportPrivateKey} only: text, JSON and inspection show the public key.
 *
 * @example
 * const keyPair = KeyPair.generate();
 * await bridge.keys.add(keyPair);
 * sessionStorage.setItem('bridge-key', keyPair.exportPrivateKey());
 */
export class KeyPair {
  readonly #privateKey: Uint8Array;
  /** Compressed, 66 lower-case hexadecimal digits: the form to register. */
  readonly publicKey: string;

  private constructor(privateKey: Uint8Array) {
    this.#privateKey = privateKey;
    this.publicKey = bytesToHex(secp256k1.getPublicKey(privateKey, true));
  }

  /**
   * Makes a new pair; it is of no use until its public key is registered, see {@link Keys.add}.
   *
   * @param seed 48 random bytes; by default from the platform's cryptographic source
   */
  static generate(seed: Uint8Array = crypto.getRandomValues(new Uint8Array(SEED_BYTES))): KeyPair {
    return new KeyPair(secp256k1.utils.randomSecretKey(seed));
  }

  /**
   * The pair of a private key that was kept.
   *
   * @param hex 64 hexadecimal digits, as {@link KeyPair.exportPrivateKey} gives them
   * @throws TypeError when the text is no private key of the curve
   */
  static fromPrivateKey(hex: string): KeyPair {
    const bytes = /^[\da-f]{64}$/i.test(hex) ? hexToBytes(hex) : undefined;
    if (!bytes || !secp256k1.utils.isValidSecretKey(bytes)) {
      throw new TypeError('A private key is 64 hexadecimal digits; paste it whole.');
    }
    return new KeyPair(bytes);
  }

  /** The private key as 64 hexadecimal digits. Keep it where only this user can read it. */
  exportPrivateKey(): string {
    return bytesToHex(this.#privateKey);
  }

  /** DER signature of the message's SHA-256, hexadecimal. Deterministic (RFC 6979). */
  sign(message: string): string {
    return bytesToHex(secp256k1.sign(utf8ToBytes(message), this.#privateKey, SIGNATURE));
  }

  /** False also for a signature or a key that cannot be read. */
  static verify(message: string, signature: string, publicKey: string): boolean {
    try {
      const [der, key] = [hexToBytes(signature), hexToBytes(publicKey)];
      return secp256k1.verify(der, utf8ToBytes(message), key, SIGNATURE);
    } catch {
      return false;
    }
  }

  /** Shows the public key only, so that the pair may be logged. */
  toString(): string {
    return `KeyPair(${this.publicKey})`;
  }

  /** Leaves the private key out, so that the pair may be a part of what is stored or sent. */
  toJSON(): { publicKey: string } {
    return { publicKey: this.publicKey };
  }
}

/**
 * The compressed, lower-case form of a public key. The Bridge compares keys as text, so one form
 * is used for all that is registered.
 *
 * @throws TypeError when the text is not a point of the curve
 */
export function compressPublicKey(hex: string): string {
  try {
    return secp256k1.Point.fromHex(hex.toLowerCase()).toHex(true);
  } catch {
    throw new TypeError(
      'A public key is 66 or 130 hexadecimal digits without colons and lies on secp256k1.',
    );
  }
}
