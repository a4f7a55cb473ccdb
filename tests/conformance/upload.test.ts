import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  exchange,
  form,
  type NewFile,
  openGet,
  openPut,
  put,
  type RequestOptions,
  replyOf,
  Service,
} from './support.ts';

let service: Service;
let file: NewFile;
beforeAll(async () => {
  service = await Service.start();
  const { sharename } = await service.newShare();
  file = await service.newFile(sharename);
});
afterAll(() => service.stop());

const SAYS_YES = 'computer says yes';

/** What the file holds now. */
const stored = async () => (await exchange(await service.readUrl(file))).text;

async function expectStored(options: RequestOptions, url: string, bytes: string) {
  const reply = await exchange(url, options);
  expect([reply.status, reply.text]).toEqual([200, SAYS_YES]);
  expect(await service.file(file)).toMatchObject({
    readystate: 'uploaded',
    size: Buffer.byteLength(bytes),
  });
  expect(await stored()).toBe(bytes);
}

describe('5.1 PUT', () => {
  test('5.1 the answer is exactly the three words as text/plain', async () => {
    const { status, headers, text } = await put(file.upload.puturl, 'draft\n');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain');
    expect(text).toBe(SAYS_YES);
  });

  test.each([
    {},
    { 'content-type': 'image/png' },
    { 'content-type': 'application/json' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/x-www-form-urlencoded' },
  ])('5.1 the type of the body does not matter: %j', async (headers) => {
    await expectStored(
      { method: 'PUT', body: 'any type', headers },
      file.upload.puturl,
      'any type',
    );
  });

  test('5.1 a chunked body is as good as one of known length', async () => {
    const upload = openPut(file.upload.puturl);
    upload.write('one ');
    upload.write('two');
    upload.end();
    expect((await replyOf(upload)).text).toBe(SAYS_YES);
    expect(await stored()).toBe('one two');
  });

  test('1.1 Expect: 100-continue is honoured before the body is sent', async () => {
    const upload = request(file.upload.puturl, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': 4 },
    });
    upload.flushHeaders();
    await once(upload, 'continue');
    upload.end('body');
    expect((await replyOf(upload)).text).toBe(SAYS_YES);
    expect(await stored()).toBe('body');
  });

  test('1.1 Expect: 100-continue gets a refusal without having sent the body', async () => {
    const upload = request(`${service.server.origin}/blobs/x/y?sig=w.x.0.y`, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': 1_000_000_000 },
    });
    let continued = false;
    upload.on('continue', () => {
      continued = true;
    });
    upload.flushHeaders();
    const { status, json } = await replyOf(upload);
    upload.destroy();
    expect([status, json, continued]).toEqual([403, { error: 'invalid signature' }, false]);
  });

  test('5.4 an empty body makes an empty file', async () => {
    await expectStored({ method: 'PUT', body: '' }, file.upload.puturl, '');
  });
});

describe('5.2 POST', () => {
  test.each(['file', 'blob', 'Filedata', 'ünï', ''])(
    '5.2 the part may be called %j',
    async (name) => {
      const { headers, body } = form([{ name, filename: 'other.bin', bytes: `part ${name}` }]);
      await expectStored({ method: 'POST', headers, body }, file.upload.posturl, `part ${name}`);
      expect((await service.file(file)).filename).toBe('plan.txt');
    },
  );

  test('5.2 the first part with a file name is the file', async () => {
    const { headers, body } = form([
      { name: 'comment', bytes: 'not this' },
      { name: 'a', filename: 'a', bytes: 'this' },
      { name: 'b', filename: 'b', bytes: 'nor this' },
    ]);
    await expectStored({ method: 'POST', headers, body }, file.upload.posturl, 'this');
  });

  test('5.2 without a file name it is the first part', async () => {
    const { headers, body } = form([
      { name: 'x', bytes: 'first' },
      { name: 'y', bytes: 'second' },
    ]);
    await expectStored({ method: 'POST', headers, body }, file.upload.posturl, 'first');
  });

  test('5.2 a long part without a file name arrives whole', async () => {
    const bytes = 'long part '.repeat(300_000);
    const { headers, body } = form([{ name: 'x', bytes }]);
    await expectStored({ method: 'POST', headers, body }, file.upload.posturl, bytes);
  });

  test('5.2 an empty part makes an empty file', async () => {
    const { headers, body } = form([{ name: 'x', filename: '', bytes: '' }]);
    await expectStored({ method: 'POST', headers, body }, file.upload.posturl, '');
  });

  test('5.2 bytes that look like a boundary belong to the file', async () => {
    const bytes = '\r\n------conformanc\r\n--\r\n------conformance-'.slice(0, -1);
    const { headers, body } = form([{ name: 'x', filename: 'x', bytes }]);
    const reply = await exchange(file.upload.posturl, { headers, body });
    expect(reply.text).toBe(SAYS_YES);
  });

  test.each([
    ['no form at all', { 'content-type': 'text/plain' }, 'hello'],
    ['no type', {}, 'hello'],
    ['no boundary', { 'content-type': 'multipart/form-data' }, 'hello'],
    ['no part', { 'content-type': 'multipart/form-data; boundary=b' }, '--b--\r\n'],
    ['an empty body', { 'content-type': 'multipart/form-data; boundary=b' }, ''],
    [
      'a form that is cut short',
      { 'content-type': 'multipart/form-data; boundary=b' },
      '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nhalf of the by',
    ],
  ])('1.3 %s gets 400 and leaves the old bytes', async (_what, headers, body) => {
    await put(file.upload.puturl, 'old bytes');
    const { status, json } = await exchange(file.upload.posturl, { method: 'POST', headers, body });
    expect(status).toBe(400);
    expect(json.error).toBeTypeOf('string');
    expect((await service.file(file)).readystate).toBe('uploaded');
    expect(await stored()).toBe('old bytes');
  });
});

describe('5.3 URLs', () => {
  test('5.3 posturl takes a PUT with a raw body, and a file name that curl appends', async () => {
    await expectStored({ method: 'PUT', body: 'raw' }, file.upload.posturl, 'raw');
    const appended = file.upload.posturl.replace('/?', '/local%20name.txt?');
    await expectStored({ method: 'PUT', body: 'by curl' }, appended, 'by curl');
  });

  test('5.3 puturl takes a form', async () => {
    const { headers, body } = form([{ name: 'x', filename: 'x', bytes: 'form' }]);
    await expectStored({ method: 'POST', headers, body }, file.upload.puturl, 'form');
  });

  test('5.3 path and filename are decoration, further parameters are ignored', async () => {
    const sig = new URL(file.upload.puturl).searchParams.get('sig');
    const { origin } = service.server;
    for (const path of ['/blobs', '/blobs/', '/blobs/other/else.png', '/blobs/a/b/c/d']) {
      const url = `${origin}${path}?nounce=12&progressId=9&sig=${sig}&t=1&filename=evil`;
      await expectStored({ method: 'PUT', body: path }, url, path);
    }
  });

  test('5.3 signatures of other files, other rights and no signature get 403', async () => {
    const other = await service.newFile(file.sharename, 'other.txt');
    await put(file.upload.puturl, 'mine');
    const signature = (url: string) => new URL(url).searchParams.get('sig') ?? '';
    const [own, foreign] = [signature(file.upload.puturl), signature(other.upload.puturl)];
    const mixed = [...foreign.split('.').slice(0, 3), own.split('.')[3]].join('.');
    for (const sig of ['', 'x', mixed, `${own}0`, signature(await service.readUrl(file))]) {
      const { status, json } = await put(`${service.server.origin}/blobs/x/y?sig=${sig}`, 'evil');
      expect([status, json]).toEqual([403, { error: 'invalid signature' }]);
    }
    expect(await stored()).toBe('mine');
    expect((await service.file(other)).readystate).toBe('remote');
  });

  test('1.3 other methods on an upload URL are refused', async () => {
    const { status, headers } = await exchange(file.upload.puturl, { method: 'PROPFIND' });
    expect(status).toBe(405);
    expect(headers.allow).toContain('PUT');
  });
});

describe('5.4 states', () => {
  test('5.4 remote, uploading, uploaded', async () => {
    const fresh = await service.newFile(file.sharename);
    expect((await service.file(fresh)).readystate).toBe('remote');
    const upload = openPut(fresh.upload.puturl, 6);
    upload.write('dra');
    await service.untilState(fresh, 'uploading');
    expect((await service.get(`/shares/${file.sharename}`)).json.files[0]?.fileid).toBe(
      fresh.fileid,
    );
    upload.end('ft\n');
    await replyOf(upload);
    expect(await service.file(fresh)).toMatchObject({ readystate: 'uploaded', size: 6 });
  });

  test.each([
    ['of known length', 1000],
    ['that is chunked', undefined],
  ])('5.4 an upload %s that breaks off leaves nothing behind', async (_what, length) => {
    const fresh = await service.newFile(file.sharename);
    const { used } = await service.storage();
    const upload = openPut(fresh.upload.puturl, length);
    upload.write('x'.repeat(500));
    await service.untilState(fresh, 'uploading');
    upload.destroy();
    expect(await service.untilState(fresh, 'remote')).not.toHaveProperty('size');
    expect((await service.storage()).used).toBe(used);
    expect((await exchange(service.blobUrl(fresh))).status).toBe(404);
  });

  test('5.4 a form that breaks off leaves nothing behind', async () => {
    const fresh = await service.newFile(file.sharename);
    const { headers, body } = form([{ name: 'x', filename: 'x', bytes: 'x'.repeat(1000) }]);
    const upload = request(fresh.upload.posturl, { method: 'POST', headers, agent: false });
    upload.on('error', () => undefined);
    upload.write(body.subarray(0, 700));
    await service.untilState(fresh, 'uploading');
    upload.destroy();
    await service.untilState(fresh, 'remote');
  });

  test('5.4 when a replacement breaks off, the old bytes and the state uploaded come back', async () => {
    await put(file.upload.puturl, 'old bytes');
    const upload = openPut(file.upload.puturl, 1000);
    upload.write('new');
    await service.untilState(file, 'uploading');
    upload.destroy();
    expect((await service.untilState(file, 'uploaded')).size).toBe(9);
    expect(await stored()).toBe('old bytes');
  });

  test('5.4 of two uploads the newer one wins and the older connection is closed', async () => {
    const fresh = await service.newFile(file.sharename);
    const older = openPut(fresh.upload.puturl, 1000);
    older.write('older');
    await service.untilState(fresh, 'uploading');
    const visitor = await openGet(await service.readUrl(fresh));
    const closed = new Promise((resolve) => older.once('close', resolve));
    const newer = openPut(fresh.upload.puturl, 5);
    newer.write('ne');
    await closed;
    await expect(text(visitor)).rejects.toMatchObject({ code: 'ECONNRESET' });
    newer.end('wer');
    expect((await replyOf(newer)).text).toBe(SAYS_YES);
    expect(await service.file(fresh)).toMatchObject({ readystate: 'uploaded', size: 5 });
    expect((await exchange(await service.readUrl(fresh))).text).toBe('newer');
  });

  test('4.7 destroying a file ends its upload with 404 and cuts its readers', async () => {
    for (const path of [`/files/${file.sharename}/`, '/shares/']) {
      const { sharename } = path === '/shares/' ? await service.newShare() : file;
      const fresh = await service.newFile(sharename);
      const { used } = await service.storage();
      const upload = openPut(fresh.upload.puturl, 1000);
      upload.write('some');
      await service.untilState(fresh, 'uploading');
      const visitor = await openGet(await service.readUrl(fresh));
      const answer = replyOf(upload);
      await service.post(
        path === '/shares/' ? `/shares/${sharename}/destroy` : `${path}${fresh.fileid}/destroy`,
      );
      const { status, json } = await answer;
      upload.destroy();
      expect([status, json]).toEqual([404, { error: 'file not found' }]);
      await expect(text(visitor)).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await service.file(fresh)).readystate).toBe('removed');
      expect((await service.storage()).used).toBe(used);
    }
  });

  test('4.7 a download that is running when its file is destroyed may finish', async () => {
    const bytes = Buffer.alloc(20_000_000, 'running ');
    const large = await service.uploaded('large.bin', bytes);
    const response = await openGet(await service.readUrl(large));
    await service.post(`/files/${large.sharename}/${large.fileid}/destroy`);
    let received = 0;
    for await (const chunk of response) received += chunk.length;
    expect(received).toBe(bytes.length);
  });

  test('5.1 what follows a body of known length never reaches the file', async () => {
    const { hostname, port, pathname, search } = new URL(file.upload.puturl);
    const socket = connect(Number(port), hostname);
    socket.write(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nshort` +
        'GET /1/users/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    const answers = await text(socket);
    expect(answers).toContain(SAYS_YES);
    expect(answers).toContain('accesstoken is invalid');
    expect(await stored()).toBe('short');
  });
});
