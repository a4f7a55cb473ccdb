import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, entries, get } from 'idb-keyval';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AccessToken,
  createVault,
  type SessionMemory,
} from '../../../../src/extension/account/vault.ts';

function session(): SessionMemory {
  let token: AccessToken | undefined;
  return {
    get: async () => token,
    set: async (next) => {
      token = next;
    },
    clear: async () => {
      token = undefined;
    },
  };
}

const tokens = {
  accessToken: 'a.demo.user.1735693200.5d0c',
  refreshToken: 'r.demo.user.0.0.91be',
  expiresAt: 1_735_693_200_000,
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the vault', () => {
  it('gives back what was put in', async () => {
    const vault = createVault('anna', session());
    await vault.set(tokens);
    expect(await vault.get()).toEqual(tokens);
  });

  it('gives the refresh token with an ended access token after a restart', async () => {
    await createVault('anna', session()).set(tokens);
    expect(await createVault('anna', session()).get()).toEqual({
      refreshToken: tokens.refreshToken,
      accessToken: '',
      expiresAt: 0,
    });
  });

  it('stores the refresh token in no readable form', async () => {
    await createVault('anna', session()).set(tokens);
    const stored = await entries(createStore('gett-vault', 'vault'));
    const text = stored
      .map(([, value]) => value)
      .flatMap((value) => (value.data ? [Buffer.from(value.data).toString('latin1')] : []))
      .join();
    expect(text).not.toBe('');
    expect(text).not.toContain(tokens.refreshToken);
    expect(text).not.toContain('demo');
  });

  it('keeps a key that script cannot read out', async () => {
    await createVault('anna', session()).set(tokens);
    const key = await get<CryptoKey>('key:anna', createStore('gett-vault', 'vault'));
    expect(key?.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key!)).rejects.toThrow();
  });

  it('encrypts the same token differently each time', async () => {
    const store = createStore('gett-vault', 'vault');
    const vault = createVault('anna', session());
    await vault.set(tokens);
    const first = Buffer.from((await get('secret:anna', store)).data);
    await vault.set(tokens);
    const second = Buffer.from((await get('secret:anna', store)).data);
    expect(first.equals(second)).toBe(false);
  });

  it('is empty, not broken, when what it stored cannot be decrypted', async () => {
    const store = createStore('gett-vault', 'vault');
    const vault = createVault('anna', session());
    await vault.set(tokens);
    const sealed = await get('secret:anna', store);
    await store('readwrite', (db) => {
      db.put({ ...sealed, iv: new Uint8Array(12) }, 'secret:anna');
    });
    expect(await vault.get()).toBeUndefined();
  });

  it('is empty after clearing', async () => {
    const vault = createVault('anna', session());
    await vault.set(tokens);
    await vault.clear();
    expect(await vault.get()).toBeUndefined();
    expect(await entries(createStore('gett-vault', 'vault'))).toEqual([]);
  });

  it('keeps several accounts apart: clearing one leaves the others', async () => {
    const [anna, ben] = [createVault('anna', session()), createVault('ben', session())];
    await anna.set(tokens);
    await ben.set({ ...tokens, refreshToken: 'r.ben' });
    await anna.clear();
    expect(await anna.get()).toBeUndefined();
    expect(await ben.get()).toMatchObject({ refreshToken: 'r.ben' });
  });
});
