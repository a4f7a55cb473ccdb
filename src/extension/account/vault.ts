import { createStore, delMany, get, set } from 'idb-keyval';
import type { TokenStore } from '../../sdk/index.ts';

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

const KEY = 'key';
const REFRESH = 'refresh';

/**
 * Keeps the refresh token encrypted in IndexedDB, under an AES-GCM key that script cannot read
 * out. This keeps the token out of storage dumps, synchronisation and logs; it does not protect
 * it from somebody who copies the whole browser profile.
 * https://www.w3.org/TR/WebCryptoAPI/#concepts-key-storage
 */
export function createVault(session: SessionMemory): TokenStore {
  const store = createStore('gett-vault', 'vault');

  async function key(): Promise<CryptoKey> {
    const known = await get<CryptoKey>(KEY, store);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    await set(KEY, made, store);
    return made;
  }

  /** A missing or unreadable token is a normal state: the user signs in again. */
  async function refreshToken(): Promise<string | undefined> {
    const sealed = await get<Sealed>(REFRESH, store);
    if (!sealed) return undefined;
    try {
      const algorithm = { name: 'AES-GCM', iv: sealed.iv };
      return new TextDecoder().decode(
        await crypto.subtle.decrypt(algorithm, await key(), sealed.data),
      );
    } catch {
      return undefined;
    }
  }

  return {
    async get() {
      const refresh = await refreshToken();
      if (refresh === undefined) return undefined;
      const access = await session.get();
      // After a restart there is no access token; an ended one makes the SDK renew it.
      return { refreshToken: refresh, ...(access ?? { accessToken: '', expiresAt: 0 }) };
    },
    async set({ accessToken, expiresAt, refreshToken }) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv },
        await key(),
        new TextEncoder().encode(refreshToken),
      );
      await set(REFRESH, { iv, data } satisfies Sealed, store);
      await session.set({ accessToken, expiresAt });
    },
    async clear() {
      await session.clear();
      await delMany([KEY, REFRESH], store);
    },
  };
}
