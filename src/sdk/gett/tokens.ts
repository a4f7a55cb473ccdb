import { type Decoder, number, object, string } from '../../protocol/decoder.ts';
import { openDatabase } from '../http/database.ts';

/** What a sign-in leaves behind. */
export interface Tokens {
  accessToken: string;
  /** Does not end by itself; a change of the password revokes it. */
  refreshToken: string;
  /** When the access token ends, in Unix milliseconds of this computer's clock. */
  expiresAt: number;
}

export const decodeTokens: Decoder<Tokens> = object({
  accessToken: string,
  refreshToken: string,
  expiresAt: number,
});

/** Where tokens are kept. A store may be shared by several clients and contexts. */
export interface TokenStore {
  /** `undefined` when nobody is signed in. */
  get(): Promise<Tokens | undefined>;
  /** Called after a sign-in and after each renewal. */
  set(tokens: Tokens): Promise<void>;
  /** Called at a sign-out, and when the service does not accept the tokens any more. */
  clear(): Promise<void>;
}

/** Keeps tokens as long as this object lives. */
export function memoryTokenStore(initial?: Tokens): TokenStore {
  let tokens = initial;
  return {
    get: async () => tokens,
    async set(next) {
      tokens = next;
    },
    async clear() {
      tokens = undefined;
    },
  };
}

/**
 * Keeps tokens in IndexedDB, in clear: every script of the origin can read them. Where that
 * matters, bring a store of your own that encrypts.
 *
 * @param name of the database, `gett-tokens` by default
 */
export function indexedDbTokenStore(name = 'gett-tokens'): TokenStore {
  const database = openDatabase(name, 'tokens');
  return {
    async get() {
      const stored = await database.get('tokens');
      return stored === undefined ? undefined : decodeTokens(stored, 'tokens');
    },
    set: (tokens) => database.set('tokens', tokens),
    clear: () => database.delete('tokens'),
  };
}
