import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, form, openPut, put, type Reply, replyOf, Service } from './support.ts';

/** The checklist for a compatible server, spec section 9. Rules 13 and 14 belong to the Live API. */
let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

test('9.1 JSON bodies are parsed whatever their Content-Type; empty and null are {}', async () => {
  const url = service.url('/shares/create', service.ada.accesstoken);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await exchange(url, { body: '{"title":"x"}', headers })).json.title).toBe('x');
  for (const body of ['', 'null', '{}']) {
    const { status, json } = await exchange(url, { method: 'POST', body, headers });
    expect([status, json.files]).toEqual([200, []]);
  }
});

test('9.2 every JSON call succeeds with exactly 200 and application/json without parameters', async () => {
  const { accesstoken } = service.ada;
  const { sharename } = await service.newShare();
  const calls: (() => Promise<Reply>)[] = [
    () => service.post('/users/login', { refreshtoken: service.ada.refreshtoken }),
    () => service.get('/users/me', accesstoken),
    () => service.get('/shares', accesstoken),
    () => service.post('/shares/create', {}),
    () => service.get(`/shares/${sharename}`),
    () => service.post(`/shares/${sharename}/update`, { title: 'x' }),
    () => service.post(`/files/${sharename}/create`, { filename: 'a.txt' }),
    () => service.get(`/files/${sharename}/0`),
    () => service.get(`/files/${sharename}/0/upload`, accesstoken),
    () => service.post(`/files/${sharename}/0/destroy`),
    () => service.post(`/shares/${sharename}/destroy`),
  ];
  for (const call of calls) {
    const { status, headers, json } = await call();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(json).toBeTypeOf('object');
  }
});

test('9.3 files is always an array; fileid is a string; times are integer seconds', async () => {
  const share = await service.newShare();
  expect(share.files).toEqual([]);
  const file = await service.newFile(share.sharename);
  expect(file.fileid).toBeTypeOf('string');
  const now = Date.now() / 1000;
  for (const { created } of [share, file]) {
    expect(Number.isInteger(created)).toBe(true);
    expect(Math.abs(created - now)).toBeLessThan(60);
  }
});

test('9.4 both login forms return both tokens and the user', async () => {
  for (const body of [
    { email: 'ada@example.org', password: 'lovelace' },
    { refreshtoken: service.ada.refreshtoken },
  ]) {
    const { json } = await service.post('/users/login', body);
    expect(json).toMatchObject({
      accesstoken: expect.any(String),
      refreshtoken: expect.any(String),
      user: { email: 'ada@example.org' },
    });
  }
});

test('9.5 the fourth dot-separated field of an access token is its expiry in Unix seconds', () => {
  const expires = Number(service.ada.accesstoken.split('.')[3]);
  expect(Math.abs(expires - (Date.now() / 1000 + 86_400))).toBeLessThan(60);
});

test('9.6 destroy answers an object containing true, twice in a row', async () => {
  const file = await service.uploaded('a.txt', 'x');
  for (const path of [`/files/${file.sharename}/${file.fileid}`, `/shares/${file.sharename}`]) {
    for (let i = 0; i < 2; i++) {
      const { status, json } = await service.post(`${path}/destroy`);
      expect(status).toBe(200);
      expect(Object.values(json)).toContain(true);
    }
  }
});

test('9.7 a destroyed share reads back as removed; a never-existing one is 404 with share not found', async () => {
  const { sharename } = await service.newShare();
  await service.post(`/shares/${sharename}/destroy`);
  const removed = await service.get(`/shares/${sharename}`);
  expect([removed.status, removed.json.readystate, removed.json.files]).toEqual([
    200,
    'removed',
    [],
  ]);
  const never = await service.get('/shares/zzzzzzz');
  expect([never.status, never.json]).toEqual([404, { error: 'share not found' }]);
});

test('9.8 401 for tokens, 403 for ownership', async () => {
  const { sharename } = await service.newShare();
  for (const path of [`/shares/${sharename}/destroy`, `/files/${sharename}/create`]) {
    expect((await service.post(path, { filename: 'a' }, 'nonsense')).status).toBe(401);
    expect((await service.post(path, { filename: 'a' }, service.bob.accesstoken)).status).toBe(403);
  }
});

test('9.9 blob redirects use 302 and work for HEAD; ?download and ?noinc=1 are understood', async () => {
  const file = await service.uploaded('a.txt', 'x');
  expect((await exchange(service.blobUrl(file))).status).toBe(302);
  expect((await exchange(service.blobUrl(file), { method: 'HEAD' })).status).toBe(302);
  const location = await service.readUrl(file, '?download&noinc=1');
  expect((await exchange(location)).headers['content-disposition']).toMatch(/^attachment/);
  expect((await service.file(file)).downloads).toBe(1);
});

test('9.10 PUT accepts known length, chunked, any type, Expect: 100-continue; POST accepts any part name; PUT on posturl works; extra query parameters are ignored', async () => {
  const { upload } = await service.newFile((await service.newShare()).sharename);
  const replies = [
    await put(upload.puturl, 'known length', { 'content-type': 'application/x-anything' }),
    await put(upload.posturl, 'PUT on posturl'),
    await put(`${upload.puturl}&nounce=1&progressId=2`, 'extra parameters'),
    await exchange(upload.posturl, form([{ name: 'Filedata', filename: 'x', bytes: 'a form' }])),
  ];
  const chunked = openPut(upload.puturl);
  chunked.end('chunked');
  replies.push(await replyOf(chunked));
  const waiting = request(upload.puturl, {
    method: 'PUT',
    headers: { expect: '100-continue', 'content-length': 6 },
  });
  waiting.flushHeaders();
  await once(waiting, 'continue');
  waiting.end('waited');
  replies.push(await replyOf(waiting));
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
});

test('9.11 the upload reply is the text computer says yes, and size and uploaded are visible right after it', async () => {
  const file = await service.newFile((await service.newShare()).sharename);
  for (let size = 1; size <= 20; size++) {
    const { headers, text } = await put(file.upload.puturl, 'x'.repeat(size));
    expect([headers['content-type'], text]).toEqual(['text/plain', 'computer says yes']);
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size });
  }
});

test('9.12 CORS headers on everything, errors and blobs included', async () => {
  const file = await service.uploaded('a.txt', 'x');
  for (const url of [
    service.url('/users/me', service.ada.accesstoken),
    service.url('/users/me'),
    service.blobUrl(file),
    await service.readUrl(file),
    `${await service.readUrl(file)}x`,
    service.url(`/shares/${file.sharename}/zip`),
    service.blobUrl(file, '/thumb'),
  ]) {
    expect((await exchange(url)).headers['access-control-allow-origin']).toBe('*');
  }
});
