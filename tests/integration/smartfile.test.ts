import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BasicClient,
  login,
  OAuthClient,
  SmartFileClient,
  SmartFileTaskError,
} from '../../src/sdk/smartfile/index.ts';
import { QuickClock } from '../support/smartfile/clock.ts';
import { collect } from '../support/smartfile/http.ts';
import { type SmartFileService, startSmartFile } from '../support/smartfile/service.ts';

let service: SmartFileService;
let clock: QuickClock;
let client: BasicClient;

beforeEach(async () => {
  service = await startSmartFile();
  clock = new QuickClock(Date.now());
  client = new BasicClient({ ...service.credentials, baseUrl: service.baseUrl, clock });
});

afterEach(() => service.stop());

const text = (value: string, name: string) => new File([value], name, { type: 'text/plain' });

describe('files and directories', () => {
  it('are uploaded, described, downloaded, renamed and removed', async () => {
    await client.path.mkdir('/notes');
    const stored = await client.path.upload('/notes', text('grüße', 'ä & "b".txt'));
    expect(stored).toMatchObject({ path: '/notes/ä & %22b%22.txt', size: 7, isfile: true });
    const renamed = await client.path.rename(stored.path, '/notes/100% #1?.txt');
    expect(renamed.name).toBe('100% #1?.txt');
    const download = await client.path.download(renamed.path);
    expect(await download.text()).toBe('grüße');
    const removal = await client.path.remove([renamed.path, '/notes']);
    await removal.wait();
    expect(service.files.has('/notes')).toBe(false);
  });

  it('are listed page after page', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      service.files.write(`/${name}.txt`, Buffer.from(name));
    const names = (await collect(client.path.list('/', { limit: 2 }))).map(({ name }) => name);
    expect(names).toEqual(['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']);
    expect(service.log).toHaveLength(3);
    const rest = client.path.list('/', { limit: 2, page: 2, fields: ['name'] });
    expect((await collect(rest)).map(({ name }) => name)).toEqual(['c.txt', 'd.txt', 'e.txt']);
    expect(service.log.slice(3)).toEqual([
      'GET /api/2/path/info/?children=true&limit=2&fields=name&page=2',
      'GET /api/2/path/info/?children=true&limit=2&fields=name&page=3',
    ]);
  });

  it('are listed with the members asked for and their paths', async () => {
    service.files.mkdir('/d');
    service.files.write('/d/a.txt', Buffer.from('a'));
    const [entry] = await collect(client.path.list('/d', { fields: ['name', 'size'] }));
    expect(entry).toEqual({ name: 'a.txt', path: '/d/a.txt', size: 1, items: null });
    expect(service.log[0]).toBe('GET /api/2/path/info/d/?children=true&fields=name&fields=size');
  });

  it('are listed only as far as the caller reads', async () => {
    for (const name of ['a', 'b', 'c']) service.files.write(`/${name}.txt`, Buffer.from(name));
    for await (const { name } of client.path.list('/', { limit: 1 })) if (name === 'b.txt') break;
    expect(service.log).toHaveLength(2);
  });

  it('are downloaded as bytes even when they are JSON', async () => {
    service.files.write('/data.json', Buffer.from('{ "a": 1 }'));
    const download = await client.path.download('/data.json');
    expect(await download.text()).toBe('{ "a": 1 }');
    expect(await client.get('/path/data', '/data.json')).toEqual({ a: 1 });
  });

  it('are downloaded from an offset on, as an attachment', async () => {
    service.files.write('/a.txt', Buffer.from('0123456789'));
    const download = await client.path.download('/a.txt', { offset: 7, attachment: true });
    expect(download.status).toBe(206);
    expect(download.headers.get('Content-Disposition')).toBe('attachment');
    expect(await download.text()).toBe('789');
  });

  it('may be empty', async () => {
    const stored = await client.path.upload('/', text('', 'empty.txt'));
    expect(stored.size).toBe(0);
    expect(await (await client.path.download('/empty.txt')).text()).toBe('');
    expect(await client.get('/path/data', '/empty.txt')).toBeUndefined();
  });

  it('take plain form values before the file', async () => {
    const stored = await client.path.upload('/', text('x', 'x.txt'), {
      fields: { note: 'ü', n: 1 },
    });
    expect(stored.path).toBe('/x.txt');
  });

  it('are written, extended and deleted by version 3 through the generic verbs', async () => {
    const options = { version: '3' };
    const [one, two] = [new Blob(['one ']), new Blob(['two'])];
    await client.put('/path/data', '/log.txt', {}, { ...options, body: one });
    const headers = { Range: 'bytes=4-' };
    await client.patch('/path/data', '/log.txt', {}, { ...options, body: two, headers });
    expect(service.files.file('/log.txt')?.bytes.toString()).toBe('one two');
    await client.delete('/path/data', '/log.txt', {}, options);
    expect(service.files.has('/log.txt')).toBe(false);
    expect(service.log).toEqual([
      'PUT /api/3/path/data/log.txt/',
      'PATCH /api/3/path/data/log.txt/',
      'DELETE /api/3/path/data/log.txt/',
    ]);
  });

  it('are found by words through the generic get', async () => {
    service.files.write('/holiday.jpg', Buffer.from('x'));
    const found = await client.get('/search/path', undefined, { keywords: 'holi' });
    expect(found).toMatchObject({ results: [{ path: '/holiday.jpg' }] });
  });
});

describe('long operations', () => {
  it('move and copy to the full path given', async () => {
    service.files.write('/a.txt', Buffer.from('a'));
    await (await client.path.copy('/a.txt', '/b.txt')).wait();
    await (await client.path.move('/a.txt', '/c.txt')).wait();
    expect(service.files.children('/').map(({ name }) => name)).toEqual(['b.txt', 'c.txt']);
  });

  it('tell which paths failed', async () => {
    service.files.write('/a.txt', Buffer.from('a'));
    const removal = await client.path.remove(['/a.txt', '/missing.txt']);
    const error = await removal.wait().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SmartFileTaskError);
    expect(error).toMatchObject({
      uuid: removal.uuid,
      reason: 'partial',
      errors: { '/missing.txt': 'Path does not exist.' },
    });
  });
});

describe('sharing', () => {
  it('gives a link to the file that anybody can open', async () => {
    const { url, kind, linkId } = await client.uploadAndShare('/', text('hello', 'p & q.txt'));
    expect(kind).toBe('link');
    expect(url).toBe(`${service.baseUrl}public/${linkId}/p%20%26%20q.txt`);
    expect(await (await fetch(url)).text()).toBe('hello');
    expect((await client.links.list()).map(({ uid }) => uid)).toEqual([linkId]);
    await client.links.delete(linkId ?? '');
    expect((await fetch(url)).status).toBe(404);
  });

  it('makes the directory when it is missing', async () => {
    const { url } = await client.uploadAndShare('/shared', text('hello', 'a.txt'));
    expect(await (await fetch(url)).text()).toBe('hello');
    expect(service.log.slice(0, 3)).toEqual([
      'POST /api/2/path/data/shared/',
      'POST /api/2/path/oper/mkdir/',
      'POST /api/2/path/data/shared/',
    ]);
  });

  it('gives a temporary address when the share shall expire', async () => {
    service.files.write('/a.txt', Buffer.from('hello'));
    const share = await client.share('/a.txt', { expiresIn: 60 });
    expect(share.kind).toBe('exchange');
    expect(share.expiresAt).toEqual(new Date(clock.now() + 60_000));
    expect(await (await fetch(share.url)).text()).toBe('hello');
  });

  it('falls back to a temporary address when the account may not make links', async () => {
    service.state.linksAllowed = false;
    const share = await client.uploadAndShare('/', text('hello', 'a.txt'));
    expect(share.kind).toBe('exchange');
    expect(await (await fetch(share.url)).text()).toBe('hello');
    await expect(client.share('/a.txt', { method: 'link' })).rejects.toMatchObject({ status: 403 });
  });
});

describe('sharing that fails otherwise', () => {
  it('makes no directory when that was not what was missing', async () => {
    service.script({ status: 500, body: '{"detail":"Broken."}' });
    const call = client.uploadAndShare('/shared', text('hello', 'a.txt'));
    await expect(call).rejects.toMatchObject({ status: 500, detail: 'Broken.' });
    expect(service.log).toEqual(['POST /api/2/path/data/shared/']);
  });

  it('takes no temporary address when links are not what is refused', async () => {
    service.files.write('/a.txt', Buffer.from('hello'));
    service.script({ status: 500, body: '{"detail":"Broken."}' });
    await expect(client.share('/a.txt')).rejects.toMatchObject({ status: 500 });
    expect(service.log).toEqual(['POST /api/2/link/']);
  });
});

describe('signing in', () => {
  it('works with the name and password of an account', async () => {
    const auth = login(service.account);
    const { user } = await new SmartFileClient({ auth, baseUrl: service.baseUrl }).whoami();
    expect(user.username).toBe('bobafett');
  });

  it('goes through the three steps of OAuth with a callback', async () => {
    const oauth = new OAuthClient({ client: service.client, baseUrl: service.baseUrl });
    const callback = 'https://abcdefghijklmnop.chromiumapp.org/smartfile?a=1';
    const request = await oauth.requestToken(callback);
    const consent = await fetch(oauth.authorizationUrl(request), {
      method: 'POST',
      redirect: 'manual',
    });
    const back = new URL(consent.headers.get('Location') ?? '');
    expect(back.href).toContain(callback);
    expect(back.searchParams.get('oauth_token')).toBe(request.token);
    const access = await oauth.accessToken(request, back.searchParams.get('oauth_verifier') ?? '');
    expect((await oauth.whoami()).user.username).toBe('bobafett');
    const later = new OAuthClient({ client: service.client, access, baseUrl: service.baseUrl });
    expect(await later.path.upload('/', text('x', 'x.txt'))).toMatchObject({ path: '/x.txt' });
  });

  it('goes through the three steps of OAuth with a verifier typed in', async () => {
    const oauth = new OAuthClient({ client: service.client, baseUrl: service.baseUrl });
    const request = await oauth.requestToken();
    const page = await (await fetch(oauth.authorizationUrl(request), { method: 'POST' })).text();
    await oauth.accessToken(request, /verifier">(\w+)</.exec(page)?.[1] ?? '');
    expect(await oauth.whoami()).toMatchObject({ user: { username: 'bobafett' } });
  });

  it('says in the words of the service why an OAuth step was refused', async () => {
    const oauth = new OAuthClient({ client: service.client, baseUrl: service.baseUrl });
    const request = await oauth.requestToken();
    await expect(oauth.accessToken(request, 'guessed')).rejects.toMatchObject({
      status: 403,
      detail: 'Invalid OAuth verifier.',
    });
  });
});
