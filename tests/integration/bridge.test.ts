import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  BridgeClient,
  basicAuth,
  KeyPair,
  keyPairAuth,
  passwordHash,
} from '../../src/sdk/bridge/index.ts';
import { type LocalBridge, startBridge } from '../support/bridge/bridge-server.ts';
import { signedIn } from '../support/bridge/signed-in.ts';

let local: LocalBridge;
beforeEach(async () => {
  local = await startBridge();
});
afterEach(() => local.stop());

const read = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

describe('an account', () => {
  const account = { email: 'ann@example.com', password: 'pässwörd' };

  it('is registered, activated once and then let in by password', async () => {
    const { baseUrl } = local;
    const client = new BridgeClient({ baseUrl, auth: basicAuth(account) });
    const redirect = 'https://example.com/welcome';
    const user = await client.users.register({ ...account, redirect });
    expect(user).toMatchObject({ id: account.email, email: account.email, activated: false });
    await expect(client.buckets.list()).rejects.toMatchObject({ code: 'not-activated' });

    const token = local.accounts.mails.get(account.email) ?? '';
    expect(await client.users.activate(token)).toMatchObject({ activated: true });
    await expect(client.users.activate(token)).rejects.toMatchObject({ code: 'invalid-token' });
    expect(await client.buckets.list()).toEqual([]);

    const [registration] = local.seen;
    expect(JSON.parse(registration?.body ?? '')).toMatchObject({
      redirect,
      password: passwordHash(account.password),
    });
    await expect(client.users.register(account)).rejects.toMatchObject({
      code: 'already-registered',
      status: 500,
      endpoint: 'POST /users',
    });
  });

  it('may be activated by opening an address, which leads on', async () => {
    const client = new BridgeClient({ baseUrl: local.baseUrl });
    await client.users.register(account);
    const token = local.accounts.mails.get(account.email) ?? '';
    const address = client.users.activationUrl(token, 'https://example.com/?from=mail&ok');
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('https://example.com/?from=mail&ok');
    expect(local.accounts.accounts.get(account.email)?.activated).toBe(true);
  });

  it('may have a first key from the beginning', async () => {
    const { baseUrl } = local;
    const keyPair = KeyPair.generate();
    const { users } = new BridgeClient({ baseUrl });
    await users.register({ ...account, publicKey: keyPair });
    await users.activate(local.accounts.mails.get(account.email) ?? '');
    const client = new BridgeClient({ baseUrl, auth: keyPairAuth(keyPair) });
    expect(await client.keys.list()).toEqual([
      { id: keyPair.publicKey, key: keyPair.publicKey, user: 'ann@example.com' },
    ]);
  });

  it('is not let in with a wrong password, an unknown key or without either', async () => {
    await signedIn(local, account.email);
    const { baseUrl } = local;
    for (const auth of [basicAuth(account), keyPairAuth(KeyPair.generate())]) {
      const client = new BridgeClient({ baseUrl, auth });
      await expect(client.buckets.list()).rejects.toMatchObject({ code: 'unauthorized' });
    }
    const nobody = new BridgeClient({ baseUrl });
    await expect(nobody.buckets.list()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('takes further keys in any form, and gives them up', async () => {
    const { client, keyPair } = await signedIn(local);
    const second = KeyPair.generate();
    const added = await client.keys.add(second.publicKey.toUpperCase());
    expect(added.key).toBe(second.publicKey);
    await expect(client.keys.add(second)).rejects.toMatchObject({ code: 'already-registered' });
    expect((await client.keys.list()).map(({ key }) => key)).toEqual([
      keyPair.publicKey,
      second.publicKey,
    ]);
    await client.keys.remove(second);
    await expect(client.keys.remove(second)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the server', () => {
  it('tells its revision to anybody', async () => {
    const client = new BridgeClient({ baseUrl: local.baseUrl });
    expect(await client.info()).toEqual({ version: '0.4.3', supported: true });
  });
});

describe('signed requests', () => {
  it('all pass when many are made at once', async () => {
    let running = 0;
    let peak = 0;
    const { client } = await signedIn(local, 'ann@example.com', {
      fetch: async (...args) => {
        peak = Math.max(peak, ++running);
        // The first of two requests that run together would arrive after the second.
        if (running === 1) await new Promise((resolve) => setTimeout(resolve, 10));
        return await fetch(...args).finally(() => running--);
      },
    });
    const names = Array.from({ length: 20 }, (_, i) => `Bucket ${i}`);
    await Promise.all(names.map((name) => client.buckets.create({ name })));
    expect((await client.buckets.list()).map(({ name }) => name)).toEqual(names);
    expect(peak).toBe(1);
  });

  it('are refused when a number was passed already, and say so', async () => {
    const { client, keyPair } = await signedIn(local);
    await client.buckets.list();
    const auth = keyPairAuth(keyPair);
    const late = new BridgeClient({ baseUrl: local.baseUrl, auth, nonce: () => 1_400_000_000_000 });
    await expect(late.buckets.list()).rejects.toMatchObject({ code: 'invalid-nonce', status: 401 });
  });

  it('leave the waiting line when their signal ends', async () => {
    const { client } = await signedIn(local);
    let asked = (): void => undefined;
    const first = new Promise<void>((resolve) => (asked = resolve));
    let release = (): void => undefined;
    local.answerNext = (_, response) => {
      release = () => response.end('[]');
      asked();
    };
    const running = client.buckets.list();
    await first;
    const stop = new AbortController();
    const waiting = client.buckets.create({}, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    release();
    await running;
    expect(await client.buckets.list()).toEqual([]);
  });
});

describe('a bucket', () => {
  it('is made with the server’s defaults and the key that signed', async () => {
    const { client, keyPair } = await signedIn(local);
    expect(await client.buckets.create()).toMatchObject({
      name: 'New Bucket',
      storage: 10,
      transfer: 30,
      status: 'Active',
      pubkeys: [keyPair.publicKey],
    });
  });

  it('keeps what it is given, changes what is asked and goes with its files', async () => {
    const { client, keyPair } = await signedIn(local);
    const name = 'Zażółć — 猫 🐈';
    const { id } = await client.buckets.create({ name, storage: 1, transfer: 2 });
    const guest = KeyPair.generate();
    const pubkeys = [keyPair, guest];
    await client.buckets.update(id, { storage: 20, pubkeys });
    expect(await client.buckets.get(id)).toMatchObject({
      id,
      name,
      storage: 20,
      transfer: 2,
      pubkeys: pubkeys.map(({ publicKey }) => publicKey),
    });
    await client.buckets.remove(id);
    await expect(client.buckets.get(id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('of somebody else is not found', async () => {
    const ann = await signedIn(local);
    const bob = await signedIn(local, 'bob@example.com');
    const { id } = await ann.client.buckets.create();
    expect(await bob.client.buckets.list()).toEqual([]);
    await expect(bob.client.buckets.get(id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(bob.client.files.list(id)).rejects.toMatchObject({ code: 'not-found' });
    const token = bob.client.tokens.create(id, 'PULL');
    await expect(token).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lets a key of its own list make tokens, which is registered nowhere', async () => {
    const { client } = await signedIn(local);
    const guest = KeyPair.generate();
    const { id } = await client.buckets.create({ pubkeys: [guest] });
    const { baseUrl } = local;
    const guests = new BridgeClient({ baseUrl, auth: keyPairAuth(guest), WebSocket });
    const { hash } = await guests.files.upload(id, new File(['from a guest'], 'guest.txt'));
    expect(await read(guests.files.download(id, hash))).toBe('from a guest');
    await expect(guests.files.list(id)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('a token', () => {
  it('names its bucket, operation and end', async () => {
    const { client } = await signedIn(local);
    const { id: bucket } = await client.buckets.create();
    for (const operation of ['PUSH', 'PULL'] as const) {
      const token = await client.tokens.create(bucket, operation);
      expect(token).toMatchObject({ bucket, operation, id: token.token });
      expect(new Date(token.expires).getTime()).toBeGreaterThan(Date.now() + 200_000);
    }
  });

  it('lets somebody without an account fetch a file, once', async () => {
    const { client } = await signedIn(local);
    const { id } = await client.buckets.create();
    const { hash } = await client.files.upload(id, new File(['shared'], 'shared.txt'));
    const token = await client.tokens.create(id, 'PULL');
    const friend = new BridgeClient({ baseUrl: local.baseUrl, WebSocket });
    expect(await read(friend.files.download(id, hash, { token }))).toBe('shared');
    const again = friend.files.pointers(id, hash, { token: token.token });
    await expect(again).rejects.toMatchObject({ code: 'invalid-token', status: 500 });
  });

  it('is used up by a wrong use', async () => {
    const { client } = await signedIn(local);
    const { id } = await client.buckets.create();
    const token = await client.tokens.create(id, 'PULL');
    const file = new File(['x'], 'x');
    const wrong = client.files.upload(id, file, { token });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-token', status: 401 });
    const late = client.files.upload(id, file, { token });
    await expect(late).rejects.toMatchObject({ code: 'invalid-token', status: 500 });
  });
});
