import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exchange, type NewFile, openGet, openPut, put, replyOf, Service } from './support.ts';

const LIMIT = 20_000_000;
const TUS = { 'tus-resumable': '1.0.0' };
const PART = { ...TUS, 'content-type': 'application/offset+octet-stream' };

let service: Service;
let sharename: string;
let file: NewFile;
beforeAll(async () => {
  service = await Service.start({ args: ['--storage-limit', String(LIMIT)] });
});
beforeEach(async () => {
  await service.clear();
  ({ sharename } = await service.newShare());
  file = await announce();
});
afterAll(() => service.stop());

const announce = async (size?: number): Promise<NewFile> =>
  (await service.post(`/files/${sharename}/create`, { filename: 'plan.txt', size })).json;
const head = (headers: OutgoingHttpHeaders = TUS, url = file.upload.puturl) =>
  exchange(url, { method: 'HEAD', headers });
const patch = (offset: number, body: string | Buffer, headers: OutgoingHttpHeaders = {}) =>
  exchange(file.upload.puturl, {
    method: 'PATCH',
    body,
    headers: { ...PART, 'upload-offset': offset, ...headers },
  });
const terminate = () => exchange(file.upload.puturl, { method: 'DELETE', headers: TUS });
const stored = async () => (await exchange(await service.readUrl(file))).text;
const offset = async () => Number((await head()).headers['upload-offset']);

/** A PATCH whose bytes the test sends when it wants. */
function openPatch(at: number, length: number, headers: OutgoingHttpHeaders = {}): ClientRequest {
  const sent = request(file.upload.puturl, {
    method: 'PATCH',
    headers: { ...PART, 'upload-offset': at, 'content-length': length, ...headers },
    agent: false,
  });
  sent.on('error', () => undefined);
  sent.flushHeaders();
  return sent;
}

describe('discovery', () => {
  test('a file that is announced takes resumable uploads, one with bytes only whole ones', async () => {
    expect(file.upload.resumable).toBe('tus-1.0');
    const again = () =>
      service.get(`/files/${sharename}/${file.fileid}/upload`, service.ada.accesstoken);
    expect((await again()).json.resumable).toBe('tus-1.0');
    await put(file.upload.puturl, 'bytes');
    expect((await again()).json).not.toHaveProperty('resumable');
  });

  test('OPTIONS says what the server can do and lets pages of other origins do it', async () => {
    const { status, headers } = await exchange(file.upload.puturl, { method: 'OPTIONS' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-resumable': '1.0.0',
      'tus-extension': 'creation-defer-length,termination,checksum',
      'tus-checksum-algorithm': 'sha1,sha256',
      'tus-max-size': expect.stringMatching(/^\d+$/),
      'access-control-allow-methods': expect.stringContaining('PATCH, DELETE'),
      'access-control-allow-headers': expect.stringContaining('Tus-Resumable, Upload-Offset'),
    });
  });

  test('OPTIONS on an upload URL says what the owner has room for, not what the disk has', async () => {
    const maxSize = async () =>
      Number((await exchange(file.upload.puturl, { method: 'OPTIONS' })).headers['tus-max-size']);
    const { free } = await service.storage();
    expect(await maxSize()).toBe(free);
    const other = await service.uploaded('other.txt', Buffer.alloc(1000));
    expect(await maxSize()).toBe(free - 1000);
    // What an upload has set aside for itself is room that it has.
    expect((await patch(0, 'x', { 'upload-length': 500 })).status).toBe(204);
    expect((await service.storage()).free).toBe(free - 1001);
    expect(await maxSize()).toBe(free - 1000);
    expect(other.sharename).not.toBe(sharename);
  });

  test('answers can be read by pages of other origins and are kept by nobody', async () => {
    const { headers } = await head();
    expect(headers['access-control-expose-headers']).toContain('Upload-Offset');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['tus-resumable']).toBe('1.0.0');
  });
});

describe('core', () => {
  test('HEAD of a file without bytes says offset 0, and the length where it was announced', async () => {
    expect((await head()).headers).toMatchObject({
      'upload-offset': '0',
      'upload-defer-length': '1',
    });
    file = await announce(10);
    const { headers } = await head();
    expect(headers).toMatchObject({ 'upload-offset': '0', 'upload-length': '10' });
    expect(headers).not.toHaveProperty('upload-defer-length');
  });

  test('a file comes in parts and is complete with the last byte', async () => {
    file = await announce(9);
    expect(await patch(0, 'one ')).toMatchObject({
      status: 204,
      headers: { 'upload-offset': '4', 'tus-resumable': '1.0.0' },
    });
    expect(await service.file(file)).toMatchObject({ readystate: 'uploading', size: 9 });
    expect(await offset()).toBe(4);
    expect((await patch(4, 'two 3')).headers['upload-offset']).toBe('9');
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: 9 });
    expect(await stored()).toBe('one two 3');
    expect((await head()).headers).toMatchObject({ 'upload-offset': '9', 'upload-length': '9' });
    expect((await service.storage()).used).toBe(9);
  });

  test('the length may be told with any part, also with an empty one', async () => {
    await patch(0, 'some');
    await patch(4, ' bytes', { 'upload-length': 12 });
    expect((await head()).headers['upload-length']).toBe('12');
    await patch(10, '!!');
    expect(await stored()).toBe('some bytes!!');

    file = await announce();
    await patch(0, 'deferred');
    expect((await patch(8, '', { 'upload-length': 8 })).status).toBe(204);
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: 8 });
  });

  test('an empty file is complete as soon as its upload is asked for', async () => {
    file = await announce(0);
    expect((await head()).headers).toMatchObject({ 'upload-offset': '0', 'upload-length': '0' });
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: 0 });
  });

  test('a wrong offset gets 409 with the right one, and changes nothing', async () => {
    file = await announce(9);
    await patch(0, 'one ');
    for (const wrong of [0, 3, 5, 9]) {
      const { status, headers } = await patch(wrong, 'xx');
      expect([status, headers['upload-offset']]).toEqual([409, '4']);
    }
    await patch(4, 'two 3');
    expect((await patch(0, 'evil')).status).toBe(409);
    expect(await stored()).toBe('one two 3');
  });

  test('more bytes than announced get 413, and those before stay', async () => {
    file = await announce(6);
    await patch(0, 'abc');
    expect((await patch(3, 'defg')).status).toBe(413);
    const chunked = request(file.upload.puturl, {
      method: 'PATCH',
      headers: { ...PART, 'upload-offset': 3 },
    });
    chunked.end('defgh');
    expect((await replyOf(chunked)).status).toBe(413);
    expect(await offset()).toBe(3);
    await patch(3, 'def');
    expect(await stored()).toBe('abcdef');
  });

  test('the length cannot be changed, and is never less than what is there', async () => {
    file = await announce(6);
    expect((await patch(0, 'abc', { 'upload-length': 7 })).status).toBe(400);
    await patch(0, 'abc');
    expect((await patch(3, 'd', { 'upload-length': 4 })).status).toBe(400);
    file = await announce();
    await patch(0, 'abc');
    expect((await patch(3, '', { 'upload-length': 2 })).status).toBe(400);
    expect(await offset()).toBe(3);
  });

  test.each([
    [412, { 'tus-resumable': '0.2.0' }],
    [415, { 'content-type': 'application/octet-stream' }],
    [400, { 'upload-offset': '-1' }],
    [400, { 'upload-offset': 'x' }],
    [400, { 'upload-length': '1.5' }],
    [400, { 'upload-checksum': 'md5 1B2M2Y8AsgTpgAmY7PhCfg==' }],
    [400, { 'upload-checksum': 'sha1 short' }],
  ])('%i for %j', async (expected, headers) => {
    const { status, json } = await patch(0, 'bytes', headers);
    expect(status).toBe(expected);
    expect(json.error).toBeTypeOf('string');
    expect((await service.file(file)).readystate).toBe('remote');
  });

  test('without Tus-Resumable the answer is 412 with the version that is spoken', async () => {
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const { status, headers } = await exchange(file.upload.puturl, { method });
      expect([status, headers['tus-version']]).toEqual([412, '1.0.0']);
    }
  });

  test('the signature of another file or for reading gets 403', async () => {
    await put(file.upload.puturl, 'mine');
    const sig = new URL(file.upload.puturl).searchParams.get('sig') ?? '';
    const forged = `${sig.split('.').slice(0, 2).join('.')}.99.${sig.split('.')[3]}`;
    const base = `${service.server.origin}/blobs/x/y?sig=`;
    for (const url of [`${base}${forged}`, base, await service.readUrl(file)]) {
      expect((await head(TUS, url)).status).toBe(403);
      const evil = { method: 'PATCH', body: 'evil', headers: { ...PART, 'upload-offset': 0 } };
      expect((await exchange(url, evil)).status).toBe(403);
      expect((await exchange(url, { method: 'DELETE', headers: TUS })).status).toBe(403);
    }
    expect(await stored()).toBe('mine');
  });

  test('POST with X-HTTP-Method-Override does for clients that know no PATCH', async () => {
    const headers = { ...PART, 'upload-offset': 0, 'x-http-method-override': 'PATCH' };
    const sent = { method: 'POST', body: 'ab', headers: { ...headers, 'upload-length': 2 } };
    expect((await exchange(file.upload.puturl, sent)).status).toBe(204);
    expect(await stored()).toBe('ab');
  });
});

describe('checksum', () => {
  const sum = (algorithm: string, bytes: string) =>
    `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`;

  test.each(['sha1', 'sha256'])('%s that matches keeps the bytes', async (algorithm) => {
    file = await announce(8);
    expect((await patch(0, 'good', { 'upload-checksum': sum(algorithm, 'good') })).status).toBe(
      204,
    );
    await patch(4, 'more', { 'upload-checksum': sum(algorithm, 'more') });
    expect(await stored()).toBe('goodmore');
  });

  test('one that does not match gets 460, and the bytes of that request are not kept', async () => {
    file = await announce(8);
    await patch(0, 'good');
    expect((await patch(4, 'evil', { 'upload-checksum': sum('sha1', 'more') })).status).toBe(460);
    expect(await offset()).toBe(4);
    await patch(4, 'more');
    expect(await stored()).toBe('goodmore');
  });

  test('bytes that are not checked yet are neither shown to readers nor kept', async () => {
    file = await announce(8);
    await patch(0, 'good');
    const visitor = await openGet(await service.readUrl(file));
    const all = text(visitor);
    const sent = openPatch(4, 4, { 'upload-checksum': sum('sha1', 'more') });
    sent.write('ev');
    sent.destroy();
    expect(await offset()).toBe(4);
    await patch(4, 'evil', { 'upload-checksum': sum('sha1', 'more') });
    await patch(4, 'more', { 'upload-checksum': sum('sha1', 'more') });
    expect(await all).toBe('goodmore');
  });
});

describe('termination', () => {
  test('drops the bytes, cuts the readers and gives the storage back', async () => {
    file = await announce(1000);
    await patch(0, 'some');
    const visitor = await openGet(await service.readUrl(file));
    expect((await service.storage()).used).toBe(4);
    expect((await terminate()).status).toBe(204);
    await expect(text(visitor)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await service.file(file)).readystate).toBe('remote');
    expect((await service.storage()).used).toBe(0);
    expect(await offset()).toBe(0);
  });

  test('of a complete file is refused, of one without bytes changes nothing', async () => {
    expect((await terminate()).status).toBe(204);
    await put(file.upload.puturl, 'bytes');
    expect((await terminate()).status).toBe(409);
    expect(await stored()).toBe('bytes');
  });
});

describe('connections', () => {
  test('what came before the connection broke is kept', async () => {
    file = await announce(10);
    const sent = openPatch(0, 10);
    sent.write('12345');
    await service.untilState(file, 'uploading');
    await expect.poll(async () => (await service.storage()).used).toBe(5);
    sent.destroy();
    await expect.poll(offset).toBe(5);
    await patch(5, '67890');
    expect(await stored()).toBe('1234567890');
  });

  test('a client that comes back takes over from its older, hanging connection', async () => {
    file = await announce(10);
    const older = openPatch(0, 10);
    older.write('12345');
    await expect.poll(async () => (await service.storage()).used).toBe(5);
    const closed = new Promise((resolve) => older.once('close', resolve));
    expect(await offset()).toBe(5);
    await closed;
    expect((await patch(5, '67890')).status).toBe(204);
    expect(await stored()).toBe('1234567890');
  });

  test('a client that knows where its older connection hangs takes over without asking', async () => {
    file = await announce(10);
    const older = openPatch(0, 10);
    older.write('12345');
    await expect.poll(async () => (await service.storage()).used).toBe(5);
    expect((await patch(5, '67890')).status).toBe(204);
    expect(await stored()).toBe('1234567890');
  });

  test('a part that is refused leaves the one that is under way alone', async () => {
    file = await announce(10);
    await patch(0, '12');
    const running = openPatch(2, 8);
    running.write('345');
    await expect.poll(async () => (await service.storage()).used).toBe(5);
    for (const wrong of [1, 6, 999_999]) {
      const { status, headers } = await patch(wrong, 'x');
      expect([status, headers['upload-offset']]).toEqual([409, '5']);
    }
    expect((await patch(5, 'x', { 'upload-length': 11 })).status).toBe(400);
    expect((await patch(5, '67890!')).status).toBe(413);
    running.end('67890');
    expect((await replyOf(running)).status).toBe(204);
    expect(await stored()).toBe('1234567890');
  });

  test('a length below what has come leaves the part that is under way alone', async () => {
    const running = openPatch(0, 10);
    running.write('12345');
    await expect.poll(async () => (await service.storage()).used).toBe(5);
    expect((await patch(4, '', { 'upload-length': 4 })).status).toBe(400);
    running.end('67890');
    expect((await replyOf(running)).status).toBe(204);
    expect((await patch(10, '', { 'upload-length': 10 })).status).toBe(204);
    expect(await stored()).toBe('1234567890');
  });

  test('an early reader sees a pause between the parts, then the rest', async () => {
    file = await announce(10);
    await patch(0, '12345');
    const visitor = await openGet(await service.readUrl(file));
    expect(visitor.headers['content-length']).toBe('10');
    const [first] = (await once(visitor, 'data')) as [Buffer];
    expect(first.toString()).toBe('12345');
    const rest = text(visitor);
    await patch(5, '67890');
    expect(await rest).toBe('67890');
  });

  test('a plain PUT wins over an unfinished upload and cuts its readers', async () => {
    file = await announce(10);
    await patch(0, '12345');
    const visitor = await openGet(await service.readUrl(file));
    expect((await put(file.upload.puturl, 'other')).status).toBe(200);
    await expect(text(visitor)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await stored()).toBe('other');
    expect((await service.storage()).used).toBe(5);
  });

  test('a plain PUT that runs is taken over from like any other', async () => {
    const older = openPut(file.upload.puturl, 100);
    older.write('older');
    await service.untilState(file, 'uploading');
    const closed = new Promise((resolve) => older.once('close', resolve));
    expect((await patch(0, 'newer', { 'upload-length': 5 })).status).toBe(204);
    await closed;
    expect(await stored()).toBe('newer');
  });

  test('destroying the file ends its upload with 404 and gives the storage back', async () => {
    file = await announce(1000);
    await patch(0, 'some');
    const sent = openPatch(4, 996);
    sent.write('more');
    await expect.poll(async () => (await service.storage()).used).toBe(8);
    const answer = replyOf(sent);
    await service.post(`/files/${sharename}/${file.fileid}/destroy`);
    expect((await answer).status).toBe(404);
    sent.destroy();
    expect((await head()).status).toBe(404);
    expect((await service.storage()).used).toBe(0);
  });
});

describe('storage', () => {
  test('a length that does not fit is refused before the bytes', async () => {
    expect((await patch(0, 'some', { 'upload-length': LIMIT + 1 })).status).toBe(413);
    expect((await service.storage()).used).toBe(0);
  });

  test('an upload of open length ends where the storage does', async () => {
    const { status } = await patch(0, Buffer.alloc(LIMIT + 1));
    expect(status).toBe(413);
    expect((await service.file(file)).readystate).toBe('storagelimit');
    expect((await service.storage()).used).toBe(0);
  });

  test('a length that is told late settles what was set aside in steps', async () => {
    await patch(0, Buffer.alloc(100));
    await patch(100, Buffer.alloc(100), { 'upload-length': LIMIT });
    expect((await service.storage()).used).toBe(200);
    const other = await announce();
    expect((await put(other.upload.puturl, 'x')).status).toBe(413);
    await terminate();
    expect((await put(other.upload.puturl, 'x')).status).toBe(200);
  });
});
