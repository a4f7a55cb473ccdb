import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBridge } from '../../../../src/extension/services/bridge.ts';
import type { ForeignService } from '../../../../src/extension/services/foreign.ts';
import { BridgeClient, basicAuth, KeyPair } from '../../../../src/sdk/bridge/index.ts';
import { startBridge } from '../../../support/bridge/bridge-server.ts';

const ACCOUNT = { email: 'ann@example.com', password: 'open sesame' };

let service: Awaited<ReturnType<typeof startBridge>>;
let bridge: ForeignService;
let owner: BridgeClient;

beforeEach(async () => {
  service = await startBridge();
  const { baseUrl } = service;
  const open = new BridgeClient({ baseUrl });
  await open.users.register(ACCOUNT);
  await open.users.activate(service.accounts.mails.get(ACCOUNT.email) ?? '');
  owner = new BridgeClient({ baseUrl, auth: basicAuth(ACCOUNT) });
  bridge = createBridge({ id: crypto.randomUUID(), service: 'bridge', server: baseUrl });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await service.stop();
});

/** Fails the requests to addresses with this word. */
function fail(word: string): void {
  const send = globalThis.fetch;
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
    (input instanceof Request ? input.url : String(input)).includes(word)
      ? Promise.reject(new TypeError('no way'))
      : send(input, init),
  );
}

describe('the Bridge as a place to share', () => {
  it('signs with a key of its own, which ends with the sign-out', async () => {
    await bridge.signIn(ACCOUNT);
    expect(await owner.keys.list()).toHaveLength(1);
    await expect(bridge.profile()).resolves.toMatchObject({ email: ACCOUNT.email });
    await bridge.signOut?.();
    expect(await owner.keys.list()).toEqual([]);
    await expect(bridge.profile()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('leaves a key alone that somebody has brought', async () => {
    const keyPair = KeyPair.generate();
    await owner.keys.add(keyPair);
    await bridge.signIn({ email: ACCOUNT.email, password: keyPair.exportPrivateKey() });
    await bridge.signOut?.();
    expect(await owner.keys.list()).toHaveLength(1);
    await expect(bridge.profile()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('takes the key back when the sign-in comes to nothing', async () => {
    fail('/buckets');
    await expect(bridge.signIn(ACCOUNT)).rejects.toMatchObject({ code: 'network' });
    vi.unstubAllGlobals();
    expect(await owner.keys.list()).toEqual([]);
    await expect(bridge.profile()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('forgets the key also where the service does not answer', async () => {
    await bridge.signIn(ACCOUNT);
    fail('/keys/');
    await expect(bridge.signOut?.()).rejects.toMatchObject({ code: 'network' });
    await expect(bridge.profile()).rejects.toMatchObject({ code: 'not-signed-in' });
  });
});
