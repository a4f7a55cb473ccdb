import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Hash of a file or shard, taken while its bytes pass. The digest is RIPEMD-160 over the 64
 * hexadecimal characters of the SHA-256, not over its 32 bytes (spec section 6).
 */
export class FileHasher {
  readonly #sha256 = sha256.create();

  /**
   * Takes in the next bytes; they have to come in their order. Gives itself, so that calls can be
   * chained.
   */
  update(bytes: Uint8Array): this {
    this.#sha256.update(bytes);
    return this;
  }

  /** 40 hexadecimal digits. The hasher cannot be used after this. */
  digest(): string {
    const inner = bytesToHex(this.#sha256.digest());
    return bytesToHex(ripemd160(utf8ToBytes(inner)));
  }
}

/**
 * The address of a content: what the Bridge will call a file with these bytes. A blob is read as a
 * stream, so its size does not matter.
 *
 * @param signal ends the reading; the promise rejects with its reason
 */
export async function fileHash(content: Blob | Uint8Array, signal?: AbortSignal): Promise<string> {
  const hasher = new FileHasher();
  if (content instanceof Uint8Array) return hasher.update(content).digest();
  const reader = content.stream().getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return hasher.digest();
      hasher.update(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** What travels instead of a password, in the clear sense of the word: hexadecimal SHA-256. */
export function passwordHash(password: string): string {
  return bytesToHex(sha256(utf8ToBytes(password)));
}
