import { utf8ToBytes } from '@noble/hashes/utils.js';
import { passwordHash } from './hash.ts';
import type { KeyPair } from './key-pair.ts';

/** How requests prove who sends them. Make one by {@link basicAuth} or {@link keyPairAuth}. */
export interface BridgeAuth {
  /**
   * The server checks a growing nonce on such requests and refuses those that were overtaken, so
   * a client sends them one at a time.
   */
  readonly signed: boolean;
  /**
   * What a request has to carry so that the Bridge knows who asks.
   *
   * @param message `METHOD "\n" PATH "\n" PAYLOAD`, exactly as sent (spec section 2.2)
   */
  headers(message: string): Record<string, string>;
}

/**
 * HTTP Basic. The password is hashed here and not kept; the account must be activated.
 */
export function basicAuth(account: { email: string; password: string }): BridgeAuth {
  const credentials = utf8ToBytes(`${account.email}:${passwordHash(account.password)}`);
  const authorization = `Basic ${btoa(String.fromCharCode(...credentials))}`;
  return { signed: false, headers: () => ({ authorization }) };
}

/** Signed requests. The public key must be registered, or be one of the bucket's for tokens. */
export function keyPairAuth(keyPair: KeyPair): BridgeAuth {
  return {
    signed: true,
    headers: (message) => ({
      'x-pubkey': keyPair.publicKey,
      'x-signature': keyPair.sign(message),
    }),
  };
}
