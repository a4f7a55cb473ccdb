import { createStore, delMany, get, set } from 'idb-keyval';
import type { TokenStore } from '../../sdk/index.ts';
import type { AccountId } from './account.ts';

/** Memory that ends with the browser, for the short-lived access token. */
export interface SessionMemory {
  get: () => Promise<AccessToken | undefined>;
  set: (token: AccessToken) => Promise<void>;
  clear: () => Promise<void>;
}

export interface AccessToken {
  accessToken: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** The secret of one account: a refresh token, a key, a password. */
export interface SecretStore {
  /** `undefined` when there is none, or none that can be read: the user signs in again. */
  get: () => Promise<string | undefined>;
  set: (secret: string) => Promise<void>;
  clear: () => Promise<void>;
}

/**
 * Keeps an account's secret encrypted in IndexedDB, under an AES-GCM key that script cannot read
 * out. This keeps it out of storage dumps, synchronisation and logs; it does not protect it from
 * somebody who copies the whole browser profile.
 * https://www.w3.org/TR/WebCryptoAPI/#concepts-key-storage
 */
export function openSecret(account: AccountId): SecretStore {
  const store = createStore('gett-vault', 'vault');
  const names = { key: `key:${account}`, secret: `secret:${account}` };

  async function key(): Promise<CryptoKey> {
    const known = await get<CryptoKey>(names.key, store);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    await set(names.key, made, store);
    return made;
  }

  return {
    async get() {
      const sealed = await get<Sealed>(names.secret, store);
      if (!sealed) return undefined;
      try {
        const algorithm = { name: 'AES-GCM', iv: sealed.iv };
        return new TextDecoder().decode(
          await crypto.subtle.decrypt(algorithm, await key(), sealed.data),
        );
      } catch {
        return undefined;
      }
    },
    async set(secret) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv },
        await key(),
        new TextEncoder().encode(secret),
      );
      await set(names.secret, { iv, data } satisfies Sealed, store);
    },
    clear: () => delMany([names.key, names.secret], store),
  };
}

/** Ge.tt's tokens: the lasting one in the vault, the other one as long as the browser runs. */
export function createVault(account: AccountId, session: SessionMemory): TokenStore {
  const secret = openSecret(account);
  return {
    async get() {
      const refresh = await secret.get();
      if (refresh === undefined) return undefined;
      const access = await session.get();
      // After a restart there is no access token; an ended one makes the SDK renew it.
      return { refreshToken: refresh, ...(access ?? { accessToken: '', expiresAt: 0 }) };
    },
    async set({ accessToken, expiresAt, refreshToken }) {
      await secret.set(refreshToken);
      await session.set({ accessToken, expiresAt });
    },
    async clear() {
      await session.clear();
      await secret.clear();
    },
  };
}
