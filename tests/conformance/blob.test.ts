import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, openGet, openPut, put, replyOf, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const BYTES = '0123456789';

describe('4.11 the redirect', () => {
  test('4.11 answers 302 to a URL that allows reading only', async () => {
    const file = await service.uploaded('plan.txt', BYTES);
    const { status, headers } = await exchange(service.blobUrl(file));
    expect(status).toBe(302);
    const location = String(headers.location);
    expect(location).toMatch(
      new RegExp(`^${service.server.origin}/blobs/${file.sharename}/plan\\.txt\\?sig=[^&]+$`),
    );
    expect((await put(location, 'overwritten')).status).toBe(403);
    expect((await exchange(location)).text).toBe(BYTES);
  });

  test('4.11 ?download is carried over and asks for an attachment', async () => {
    const file = await service.uploaded('plan.txt', BYTES);
    const url = await service.readUrl(file, '?download');
    expect(url).toMatch(/&download$/);
    const inline = await exchange(await service.readUrl(file));
    expect(inline.headers['content-disposition']).toMatch(/^inline;/);
    expect((await exchange(url)).headers['content-disposition']).toMatch(/^attachment;/);
  });

  test('4.11 GET counts a download at once; noinc=1 and HEAD do not', async () => {
    const file = await service.uploaded('plan.txt', BYTES);
    await exchange(service.blobUrl(file));
    await exchange(service.blobUrl(file, '?download'));
    expect((await service.file(file)).downloads).toBe(2);
    await exchange(service.blobUrl(file, '?noinc=1'));
    await exchange(service.blobUrl(file), { method: 'HEAD' });
    await exchange(await service.readUrl(file, '?noinc=1'));
    expect((await service.file(file)).downloads).toBe(2);
    expect((await service.get(`/shares/${file.sharename}`)).json.files[0]?.downloads).toBe(2);
  });

  test('4.11 a file without bytes, a failed one and a removed one give 404', async () => {
    const { sharename } = await service.newShare();
    const file = await service.newFile(sharename);
    const { status, json } = await exchange(service.blobUrl(file));
    expect(status).toBe(404);
    expect(json).toEqual({ error: 'file not found' });
    expect((await exchange(service.url('/files/zzzzzzz/0/blob'))).json).toEqual({
      error: 'share not found',
    });
  });

  test.each(['', '?sig=', '?sig=r.x.0.y', '?sig=....'])(
    '5.3 a read URL with %j gets 403',
    async (query) => {
      const file = await service.uploaded('plan.txt', BYTES);
      const url = `${service.server.origin}/blobs/${file.sharename}/plan.txt${query}`;
      const { status, json } = await exchange(url);
      expect(status).toBe(403);
      expect(json).toEqual({ error: 'invalid signature' });
    },
  );

  test('5.3 an upload URL does not allow reading', async () => {
    const file = await service.uploaded('plan.txt', BYTES);
    expect((await exchange(file.upload.puturl)).status).toBe(403);
  });
});

describe('4.11 the bytes', () => {
  test.each([
    ['plan.txt', 'text/plain; charset=utf-8', 'inline'],
    ['a.png', 'image/png', 'inline'],
    ['a.jpg', 'image/jpeg', 'inline'],
    ['a.mp4', 'video/mp4', 'inline'],
    ['a.mp3', 'audio/mpeg', 'inline'],
    ['a.pdf', 'application/pdf', 'inline'],
    ['noextension', 'application/octet-stream', 'inline'],
    ['a.html', 'text/html', 'attachment'],
    ['a.svg', 'image/svg+xml', 'attachment'],
    ['a.xml', 'application/xml', 'attachment'],
    ['a.xhtml', 'application/xhtml+xml', 'attachment'],
    ['a.js', 'text/javascript', 'attachment'],
    ['a.zip', 'application/zip', 'attachment'],
  ])('4.11 %s is sent as %s, %s, and can do nothing', async (name, type, disposition) => {
    const file = await service.uploaded(name, BYTES);
    const { headers } = await exchange(await service.readUrl(file));
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toBe(
      `${disposition}; filename="${name}"; filename*=UTF-8''${name}`,
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src/);
    if (name !== 'a.pdf') expect(policy).toMatch(/(^|; )sandbox$/);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  test('4.11 a foreign name reaches old and new clients and breaks no header', async () => {
    const file = await service.uploaded('ä "quote" \\ 50% 😀;.txt', BYTES);
    const { headers } = await exchange(await service.readUrl(file));
    expect(headers['content-disposition']).toBe(
      `inline; filename=" 50_ __;.txt"; filename*=UTF-8''%2050%25%20%F0%9F%98%80%3B.txt`,
    );
  });

  test('4.11 HEAD answers the same headers without a body', async () => {
    const url = await service.readUrl(await service.uploaded('plan.txt', BYTES));
    const { status, headers, bytes } = await exchange(url, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers['content-length']).toBe('10');
    expect(bytes).toHaveLength(0);
  });

  test.each([
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', BYTES, 'bytes 0-9/10'],
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('4.11 Range %s is answered with 206', async (range, expected, contentRange) => {
    const url = await service.readUrl(await service.uploaded('plan.txt', BYTES));
    const reply = await exchange(url, { headers: { range } });
    expect(reply.status).toBe(206);
    expect(reply.text).toBe(expected);
    expect(reply.headers['content-range']).toBe(contentRange);
    expect(reply.headers['content-length']).toBe(String(expected.length));
  });

  test.each(['bytes=10-', 'bytes=10-11', 'bytes=-0'])('4.11 Range %s gets 416', async (range) => {
    const url = await service.readUrl(await service.uploaded('plan.txt', BYTES));
    const { status, headers } = await exchange(url, { headers: { range } });
    expect(status).toBe(416);
    expect(headers['content-range']).toBe('bytes */10');
  });

  test.each(['bytes=5-2', 'bytes=a-b', 'bytes=-', 'lines=1-2', 'bytes=0-1,3-4'])(
    '4.11 Range %s is answered with the whole',
    async (range) => {
      const url = await service.readUrl(await service.uploaded('plan.txt', BYTES));
      const reply = await exchange(url, { headers: { range } });
      expect([reply.status, reply.text]).toEqual([200, BYTES]);
    },
  );

  test('4.11 If-Range and If-None-Match compare the ETag, which a replacement changes', async () => {
    const file = await service.uploaded('plan.txt', BYTES);
    const url = await service.readUrl(file);
    const etag = String((await exchange(url)).headers.etag);
    expect(etag).toMatch(/^"\S+"$/);
    const range = 'bytes=0-1';
    const same = await exchange(url, { headers: { range, 'if-range': etag } });
    expect([same.status, same.text]).toEqual([206, '01']);
    expect((await exchange(url, { headers: { 'if-none-match': etag } })).status).toBe(304);

    await put(file.upload.puturl, 'abcdef');
    const changed = await exchange(url, { headers: { range, 'if-range': etag } });
    expect([changed.status, changed.text]).toEqual([200, 'abcdef']);
    expect((await exchange(url, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('5.4 an empty file is read as an empty file', async () => {
    const url = await service.readUrl(await service.uploaded('empty.txt', ''));
    const { status, headers, bytes } = await exchange(url);
    expect([status, headers['content-length'], bytes.length]).toEqual([200, '0', 0]);
    expect((await exchange(url, { headers: { range: 'bytes=0-' } })).status).toBe(416);
  });
});

describe('4.11 reading while the upload is running', () => {
  test('4.11 a visitor receives bytes as they arrive, with the declared length', async () => {
    const { sharename } = await service.newShare();
    const file = await service.newFile(sharename);
    const upload = openPut(file.upload.puturl, 10);
    upload.write('01234');
    expect(await service.untilState(file, 'uploading')).toMatchObject({ size: 10 });

    const response = await openGet(await service.readUrl(file));
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-length']).toBe('10');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers).not.toHaveProperty('etag');
    const chunks = response[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe('01234');
    upload.end('56789');
    expect((await replyOf(upload)).status).toBe(200);
    expect(String((await chunks.next()).value)).toBe('56789');
    expect((await chunks.next()).done).toBe(true);
  });

  test('4.11 one that joins late gets the beginning from what is stored', async () => {
    const { sharename } = await service.newShare();
    const file = await service.newFile(sharename);
    const half = Buffer.alloc(6_000_000, 'first half ');
    const upload = openPut(file.upload.puturl);
    upload.write(half);
    await service.untilState(file, 'uploading');
    const url = await service.readUrl(file);
    const readers = Promise.all([exchange(url), exchange(url), exchange(url)]);
    upload.end(half);
    expect((await replyOf(upload)).status).toBe(200);
    for (const { bytes } of await readers) {
      expect(bytes.equals(Buffer.concat([half, half]))).toBe(true);
    }
  });

  test('5.4 when the upload breaks, visitors get a broken connection, not a short success', async () => {
    for (const length of [10, undefined]) {
      const { sharename } = await service.newShare();
      const file = await service.newFile(sharename);
      const upload = openPut(file.upload.puturl, length);
      upload.write('01234');
      await service.untilState(file, 'uploading');
      const response = await openGet(await service.readUrl(file));
      upload.destroy();
      await expect(text(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await service.untilState(file, 'remote')).size).toBeUndefined();
    }
  });

  test('5.4 during a replacement visitors read the old bytes', async () => {
    const file = await service.uploaded('plan.txt', BYTES);
    const upload = openPut(file.upload.puturl, 6);
    upload.write('abc');
    await service.untilState(file, 'uploading');
    const url = await service.readUrl(file);
    expect((await exchange(url)).text).toBe(BYTES);
    upload.end('def');
    await replyOf(upload);
    expect((await exchange(url)).text).toBe('abcdef');
  });
});
