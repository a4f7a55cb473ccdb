import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ForeignService } from '../../../../src/extension/services/foreign.ts';
import { createSmartFile } from '../../../../src/extension/services/smartfile.ts';
import { apiKey, SmartFileClient } from '../../../../src/sdk/smartfile/index.ts';
import { type SmartFileService, startSmartFile } from '../../../support/smartfile/service.ts';

let service: SmartFileService;
let smartfile: ForeignService;

const open = () =>
  createSmartFile({
    id: crypto.randomUUID(),
    service: 'smartfile',
    server: service.baseUrl.replace(/\/$/, ''),
  });
const signIn = (to = smartfile) => {
  const { key, password } = service.credentials;
  return to.signIn({ email: key, password });
};
const upload = (name: string, text: string) => {
  const stored = smartfile.upload?.(name, new Blob([text]), {});
  if (!stored) throw new Error('SmartFile takes files.');
  return stored;
};

beforeEach(async () => {
  service = await startSmartFile();
  service.state.pollsPerTask = 0;
  smartfile = open();
});
afterEach(() => service.stop());

describe('SmartFile as a place to share', () => {
  it('gives every file a folder and a public link of its own, and lists what it has shared', async () => {
    expect(await signIn()).toEqual({ email: 'bobafett', name: 'bobafett' });
    const first = await upload('a/b.txt', 'one');
    const second = await upload('a/b.txt', 'two');
    expect(first.sharename).toMatch(/^\/Ge\.tt Share\/[\w-]{36}\/a_b\.txt$/);
    expect(await (await fetch(first.url ?? '')).text()).toBe('one');
    expect(await (await fetch(second.url ?? '')).text()).toBe('two');
    const { shares, more } = await smartfile.list(1);
    expect(shares).toEqual([
      { sharename: second.sharename, url: second.url, files: [{ name: 'a_b.txt' }] },
    ]);
    expect(more).toBe(true);
  });

  it('takes back the link and the file, and leaves the others alone', async () => {
    await signIn();
    const gone = await upload('gone.txt', 'gone');
    const kept = await upload('kept.txt', 'kept');
    await smartfile.remove(gone.sharename);
    expect((await fetch(gone.url ?? '')).status).toBe(404);
    expect(service.files.has(gone.sharename)).toBe(false);
    expect(await (await fetch(kept.url ?? '')).text()).toBe('kept');
    expect(service.files.has(kept.sharename)).toBe(true);
  });

  it('neither lists nor removes what it has not shared itself', async () => {
    await signIn();
    const { sharename } = await upload('ours.txt', 'ours');
    const client = new SmartFileClient({
      baseUrl: service.baseUrl,
      auth: apiKey(service.credentials),
    });
    await client.uploadAndShare('/Ge.tt Share', new Blob(['theirs']), { name: 'theirs.txt' });
    await client.share(sharename.slice(0, sharename.lastIndexOf('/')));
    expect((await smartfile.list(10)).shares).toMatchObject([{ sharename }]);
    await expect(smartfile.remove('/Ge.tt Share/theirs.txt')).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(smartfile.remove(sharename.replace(/\/[^/]+$/, ''))).rejects.toThrow();
    expect(service.files.has('/Ge.tt Share/theirs.txt')).toBe(true);
    expect(service.files.has(sharename)).toBe(true);
  });

  it('knows a file by the name under which the service has stored it', async () => {
    await signIn();
    const { sharename, url } = await upload('the "best".txt', 'best');
    expect(service.files.has(sharename)).toBe(true);
    expect(await (await fetch(url ?? '')).text()).toBe('best');
    expect((await smartfile.list(10)).shares).toMatchObject([{ sharename }]);
    await smartfile.remove(sharename);
    expect((await fetch(url ?? '')).status).toBe(404);
  });

  it('keeps the link of what could not be removed, so that it can be removed again', async () => {
    await signIn();
    const { sharename } = await upload('stays.txt', 'stays');
    const send = globalThis.fetch;
    vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
      /oper\/remove/.test(input instanceof Request ? input.url : String(input))
        ? Promise.resolve(new Response('', { status: 500 }))
        : send(input, init),
    );
    await expect(smartfile.remove(sharename)).rejects.toThrow();
    vi.unstubAllGlobals();
    expect((await smartfile.list(10)).shares).toHaveLength(1);
    await smartfile.remove(sharename);
    expect((await smartfile.list(10)).shares).toEqual([]);
  });

  it('gives an address for a day where the account may not make links, and lists nothing then', async () => {
    service.state.linksAllowed = false;
    await signIn();
    const { url, sharename } = await upload('a.txt', 'one');
    expect(await (await fetch(url ?? '')).text()).toBe('one');
    expect(await smartfile.list(10)).toEqual({ shares: [], more: false });
    await smartfile.remove(sharename);
    expect(service.files.has(sharename)).toBe(false);
  });

  it('is not entered with a wrong key, and keeps none', async () => {
    await expect(
      smartfile.signIn({ email: 'x'.repeat(32), password: 'y'.repeat(32) }),
    ).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(smartfile.profile()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('is closed to who may not even ask who he is, whichever status says so', async () => {
    await signIn();
    for (const [status, code] of [
      [401, 'unauthorized'],
      [403, 'wrong-credentials'],
    ] as const) {
      service.script({ status, headers: { 'Content-Type': 'application/json' }, body: '{}' });
      await expect(smartfile.profile()).rejects.toMatchObject({ code });
    }
    await expect(smartfile.profile()).resolves.toMatchObject({ name: 'bobafett' });
  });

  it('is entered by consent, which is kept until it is taken back', async () => {
    const question = await smartfile.askConsent?.(service.client);
    if (!question) throw new Error('SmartFile asks for consent.');
    const page = await (await fetch(question.url, { method: 'POST' })).text();
    const code = /verifier">(\w+)</.exec(page)?.[1] ?? '';
    const { request } = question;
    await expect(
      smartfile.signInByConsent?.({ app: service.client, request, code: 'guessed' }),
    ).rejects.toMatchObject({ code: 'access-denied' });
    const profile = await smartfile.signInByConsent?.({ app: service.client, request, code });
    expect(profile?.name).toBe('bobafett');
    expect((await upload('a.txt', 'one')).url).toBeDefined();
    service.revoke();
    await expect(smartfile.profile()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('says so when it knows the application not', async () => {
    const app = { ...service.client, secret: 'another' };
    await expect(smartfile.askConsent?.(app)).rejects.toMatchObject({ code: 'access-denied' });
  });
});
