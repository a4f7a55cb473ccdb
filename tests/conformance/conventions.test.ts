import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, put, type RequestOptions, replyOf, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe('1.1 requests', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain;charset=UTF-8',
    'multipart/form-data; boundary=x',
    'nonsense',
    undefined,
  ])('1.1 the type %j of a JSON body does not matter', async (type) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const { status, json } = await exchange(
      service.url('/shares/create', service.ada.accesstoken),
      {
        body: '{"title":"Any type"}',
        headers,
      },
    );
    expect(status).toBe(200);
    expect(json.title).toBe('Any type');
  });

  test('1.1 a chunked JSON body is read', async () => {
    const sent = request(service.url('/shares/create', service.ada.accesstoken), {
      method: 'POST',
      agent: false,
    });
    sent.write('{"title":');
    sent.end('"In pieces ü"}');
    expect((await replyOf(sent)).json.title).toBe('In pieces ü');
  });

  test('1.1 Expect: 100-continue is honoured on JSON calls', async () => {
    const body = '{"title":"Expected"}';
    const sent = request(service.url('/shares/create', service.ada.accesstoken), {
      method: 'POST',
      agent: false,
      headers: { expect: '100-continue', 'content-length': body.length },
    });
    sent.flushHeaders();
    await once(sent, 'continue');
    sent.end(body);
    expect((await replyOf(sent)).json.title).toBe('Expected');
  });

  test('1.1 unknown parameters and tokens where none is needed are ignored', async () => {
    const { sharename } = await service.newShare();
    for (const query of ['?t=1735606812000', '?accesstoken=nonsense', '?x=&y&z=1']) {
      expect((await service.get(`/shares/${sharename}${query}`)).status).toBe(200);
    }
  });

  test('1.1 HEAD is answered like GET without a body', async () => {
    const { sharename } = await service.newShare();
    const url = service.url(`/shares/${sharename}`);
    const [got, head] = [await exchange(url), await exchange(url, { method: 'HEAD' })];
    expect(head.status).toBe(200);
    expect(head.bytes).toHaveLength(0);
    expect(head.headers['content-type']).toBe(got.headers['content-type']);
    const missing = await exchange(service.url('/shares/zzzzzzz'), { method: 'HEAD' });
    expect(missing.status).toBe(404);
  });

  test('0.3 /api/1 is another name of /1', async () => {
    const file = await service.uploaded('plan.txt', 'bytes');
    const alias = `${service.server.origin}/api/1/files/${file.sharename}/${file.fileid}`;
    expect((await exchange(alias)).json).toEqual(await service.file(file));
    expect((await exchange(`${alias}/blob`)).status).toBe(302);
    const login = await exchange(`${service.server.origin}/api/1/users/login`, { body: '{}' });
    expect(login.status).toBe(400);
  });

  test('1.1 a request without a Host header is answered', async () => {
    const { hostname, port } = new URL(service.server.origin);
    const socket = connect(Number(port), hostname);
    socket.write('GET /1/shares/zzzzzzz HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toContain('share not found');
  });
});

describe('1.3 errors', () => {
  test.each(['{', '{"title":}', 'title=x', '<xml/>', '\u0000', '{"title":"x"} trailing'])(
    '1.3 the body %j gets 400 that begins with "request MUST be valid JSON"',
    async (body) => {
      const { status, headers, json } = await service.post('/shares/create', body);
      expect(status).toBe(400);
      expect(headers['content-type']).toBe('application/json');
      expect(json.error).toMatch(/^request MUST be valid JSON/);
    },
  );

  test.each(['[]', '5', '"text"', 'true'])(
    '1.3 the body %s is JSON but no object: 400',
    async (body) => {
      const { status, json } = await service.post('/shares/create', body);
      expect(status).toBe(400);
      expect(json.error).toMatch(/object/);
    },
  );

  test('8 a JSON body over 100 KiB gets 413 and a sentence, with or without a length', async () => {
    const body = JSON.stringify({ title: 'x'.repeat(200_000) });
    const { status, json } = await service.post('/shares/create', body);
    expect(status).toBe(413);
    expect(json.error).toMatch(/100 KiB/);
    const sent = request(service.url('/shares/create', service.ada.accesstoken), {
      method: 'POST',
      agent: false,
    });
    sent.on('error', () => undefined);
    sent.write(body);
    expect((await replyOf(sent)).status).toBe(413);
    sent.destroy();
  });

  test.each([
    '/1',
    '/1/',
    '/1/nothing',
    '/1/users',
    '/1/users/login',
    '/1/files/x',
    '/1/files/a/b/c/d',
  ])('1.3 GET %s is 404 with an error', async (path) => {
    const { status, json } = await exchange(`${service.server.origin}${path}`);
    expect(status).toBe(404);
    expect(json.error).toBeTypeOf('string');
  });

  test('8 what is not HTTP, and too many headers, get an answer', async () => {
    const { hostname, port } = new URL(service.server.origin);
    const answer = async (sent: string) => {
      const socket = connect(Number(port), hostname);
      socket.write(sent);
      return text(socket);
    };
    expect(await answer('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*\{"error":"[^"]+"\}$/s);
    const large = `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await answer(large)).toMatch(/^HTTP\/1\.1 431 .*16 KiB/s);
  });
});

/** What addresses of bytes allow besides, for resumable uploads. */
const TUS_HEADERS =
  ', Tus-Resumable, Upload-Offset, Upload-Length, Upload-Defer-Length, Upload-Checksum, X-HTTP-Method-Override, X-Request-ID';

describe('1.4 cross-origin access', () => {
  const cases: [string, () => Promise<[string, RequestOptions]>][] = [
    ['a JSON call', async () => [service.url('/users/me', service.ada.accesstoken), {}]],
    ['an error', async () => [service.url('/users/me'), {}]],
    ['a body that is no JSON', async () => [service.url('/users/login'), { body: '{' }]],
    ['an unknown address', async () => [`${service.server.origin}/1/nothing/at/all`, {}]],
    ['a redirect', async () => [service.blobUrl(await service.uploaded('a.txt', 'x')), {}]],
    ['bytes', async () => [await service.readUrl(await service.uploaded('a.txt', 'x')), {}]],
    ['bytes with a bad signature', async () => [`${service.server.origin}/blobs/x/y?sig=z`, {}]],
    [
      'an upload',
      async () => [
        (await service.newFile((await service.newShare()).sharename)).upload.puturl,
        { method: 'PUT', body: 'x' },
      ],
    ],
    [
      'a refused upload',
      async () => [`${service.server.origin}/blobs/x/y`, { method: 'PUT', body: 'x' }],
    ],
  ];
  test.each(cases)('1.4 %s allows every origin', async (_what, target) => {
    const [url, options] = await target();
    const { headers } = await exchange(url, {
      ...options,
      headers: { origin: 'https://a.example' },
    });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-expose-headers']).toBe(
      'Content-Disposition, Content-Length, Content-Range, Content-Type, Location',
    );
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(headers).not.toHaveProperty('set-cookie');
  });

  test.each(['/', '/1/users/me', '/blobs/x/y?sig=z', '/1/shares/zzzzzzz', '/nothing'])(
    '1.4 OPTIONS %s answers 200, empty',
    async (path) => {
      const tus = path.startsWith('/blobs/');
      const { status, headers, bytes } = await exchange(`${service.server.origin}${path}`, {
        method: 'OPTIONS',
        headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' },
      });
      expect(status).toBe(200);
      expect(bytes).toHaveLength(0);
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': `POST, GET, OPTIONS, PUT, HEAD${tus ? ', PATCH, DELETE' : ''}`,
        'access-control-allow-headers': `Content-Type, Authorization, Range${tus ? TUS_HEADERS : ''}`,
        'access-control-max-age': '86400',
      });
    },
  );
});

test('secrets stay out of the log: no token, signature or password is in it', async () => {
  const file = await service.uploaded('plan.txt', 'bytes');
  const url = await service.readUrl(file);
  await exchange(url);
  await put(`${file.upload.puturl}x`, 'refused');
  await service.post('/shares/create', '{broken');
  await service.server.stop();
  const log = service.server.log();
  expect(log).toContain('"status":302');
  const { accesstoken, refreshtoken } = service.ada;
  const signatures = [url, file.upload.puturl].map((link) => new URL(link).searchParams.get('sig'));
  for (const secret of [accesstoken, refreshtoken, 'lovelace', ...signatures]) {
    expect(secret).toMatch(/.{8}/);
    expect(log).not.toContain(secret);
  }
});
