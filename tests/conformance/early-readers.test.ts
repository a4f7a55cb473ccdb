import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announce, announceFile, hold, refOf, untilLive } from './live-support.ts';
import { exchange, openGet, openPut, put, replyOf, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

/** Reads what has come so far, and at least `length` bytes. */
async function takeBytes(response: IncomingMessage, length: number): Promise<string> {
  let bytes = '';
  while (bytes.length < length) {
    const chunk: unknown = response.read();
    if (Buffer.isBuffer(chunk)) bytes += chunk.toString();
    else await new Promise((resolve) => response.once('readable', resolve));
  }
  return bytes;
}

describe('6.5 a file that is not there yet', () => {
  test('6.5 is redirected to at once, held, and answered from the first byte', async () => {
    const { client, file } = await announce(service);
    const { status, headers } = await exchange(service.blobUrl(file));
    expect(status).toBe(302);
    expect(await client.message()).toEqual({ type: 'download', ...refOf(file), increment: true });
    const waiting = openGet(String(headers.location));

    const upload = openPut(file.upload.puturl, 10);
    upload.write('01234');
    const response = await waiting;
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-length']).toBe('10');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(await takeBytes(response, 5)).toBe('01234');
    upload.end('56789');
    expect((await replyOf(upload)).text).toBe('computer says yes');
    expect(await text(response)).toBe('56789');
    expect(response.complete).toBe(true);

    const messages = (await client.settled()).map((line) => JSON.parse(line).type);
    expect(messages).toEqual(['download', 'filestat']);
    await client.close();
  });

  test('6.5 without an announced length the answer is chunked', async () => {
    const announced = await announce(service);
    const { client, file } = announced;
    const { visitor } = await hold(service, announced, openGet);
    const upload = openPut(file.upload.puturl);
    upload.end('bytes');
    const response = await visitor;
    expect(response.headers['content-length']).toBeUndefined();
    expect(await text(response)).toBe('bytes');
    await client.close();
  });

  test('6.5 the download counts once, and ?download still asks for an attachment', async () => {
    const { client, file } = await announce(service);
    const waiting = openGet(await service.readUrl(file, '?download'));
    await put(file.upload.puturl, 'bytes');
    const response = await waiting;
    expect(response.headers['content-disposition']).toMatch(/^attachment;/);
    response.resume();
    expect((await service.file(file)).downloads).toBe(1);
    await client.close();
  });

  test('6.5 a read URL opened directly while the file is remote sends download as well', async () => {
    const { client, file } = await announce(service);
    const url = await service.readUrl(file);
    expect(await client.message()).toMatchObject({ type: 'download', increment: true });
    const [first, second] = [openGet(url), openGet(url)];
    expect(await client.message()).toEqual({ type: 'download', ...refOf(file), increment: false });
    await put(file.upload.puturl, 'bytes');
    expect(await text(await first)).toBe('bytes');
    expect(await text(await second)).toBe('bytes');
    await client.close();
  });

  test('6.5 HEAD is answered when the upload begins', async () => {
    const announced = await announce(service);
    const { client, file } = announced;
    const ask = (url: string) => exchange(url, { method: 'HEAD' });
    const { visitor } = await hold(service, announced, ask);
    const upload = openPut(file.upload.puturl, 4);
    expect((await visitor).headers['content-length']).toBe('4');
    upload.end('four');
    await replyOf(upload);
    await client.close();
  });

  test('6.5 an empty file ends the wait with an empty answer', async () => {
    const announced = await announce(service);
    const { client, file } = announced;
    const { visitor } = await hold(service, announced, openGet);
    await put(file.upload.puturl, '');
    const response = await visitor;
    expect(await text(response)).toBe('');
    expect(response.complete).toBe(true);
    await client.close();
  });

  test('6.5 any number of visitors get the whole, late ones from the beginning', async () => {
    const { client, file } = await announce(service);
    const early = await Promise.all(Array.from({ length: 50 }, () => service.readUrl(file)));
    const waiting = early.map(openGet);
    const upload = openPut(file.upload.puturl, 10);
    upload.write('01234');
    const responses = await Promise.all(waiting);
    const late = await openGet(await service.readUrl(file));
    upload.end('56789');
    for (const response of [...responses, late]) expect(await text(response)).toBe('0123456789');
    await client.close();
  });

  test('6.5 an upload that breaks cuts the visitors, who never see a short success', async () => {
    const { client, file } = await announce(service);
    const known = openGet(await service.readUrl(file));
    const upload = openPut(file.upload.puturl, 10);
    upload.write('01234');
    const response = await known;
    expect(await takeBytes(response, 5)).toBe('01234');
    upload.destroy();
    await expect(text(response)).rejects.toThrow('aborted');
    expect(response.complete).toBe(false);
    await service.untilState(file, 'remote');

    const again = openGet(await service.readUrl(file));
    const chunked = openPut(file.upload.puturl);
    chunked.write('01234');
    const second = await again;
    expect(await takeBytes(second, 5)).toBe('01234');
    chunked.destroy();
    await expect(text(second)).rejects.toThrow('aborted');
    await client.close();
  });

  test('6.5 after a broken upload the next visitor waits for the next one', async () => {
    const announced = await announce(service);
    const { client, file } = announced;
    const broken = openPut(file.upload.puturl, 10);
    broken.write('01234');
    await service.untilState(file, 'uploading');
    broken.destroy();
    await service.untilState(file, 'remote');
    expect(await client.message()).toMatchObject({ type: 'filestat' });
    const { visitor } = await hold(service, announced, openGet);
    await put(file.upload.puturl, 'whole');
    expect(await text(await visitor)).toBe('whole');
    await client.close();
  });

  test('6.5 a file is sent again and again on demand: visitors get the newest', async () => {
    const { client, file } = await announce(service);
    for (const content of ['first', 'second', 'third']) {
      const location = await service.readUrl(file);
      while (((await client.message()) as { type: string }).type !== 'download');
      await put(file.upload.puturl, content);
      expect((await exchange(location)).text).toBe(content);
    }
    await client.close();
  });

  test('6.5 destroying the file, or its share, ends the wait with 404', async () => {
    const { client, session, file } = await announce(service);
    const other = await announceFile(service, file.sharename, 'other.txt', session);
    const first = await hold(service, { client, file }, exchange);
    const second = await hold(service, { client, file: other }, exchange);
    await service.post(`/files/${file.sharename}/${file.fileid}/destroy`);
    expect(await first.visitor).toMatchObject({ status: 404, json: { error: 'file not found' } });
    await service.post(`/shares/${file.sharename}/destroy`);
    expect((await second.visitor).status).toBe(404);
    await client.close();
  });

  test('6.5 without a connected session the blob gives 404, also at the read URL', async () => {
    const { client, file } = await announce(service);
    const url = await service.readUrl(file);
    await client.close();
    await untilLive(service, file, false);
    expect((await exchange(service.blobUrl(file))).status).toBe(404);
    expect((await exchange(url)).status).toBe(404);
  });

  test('6.5 a visitor who leaves disturbs neither the others nor the upload', async () => {
    const { client, file } = await announce(service);
    const url = await service.readUrl(file);
    const leaving = request(url, { agent: false });
    leaving.on('error', () => undefined).end();
    const staying = openGet(url);
    await expect.poll(() => client.texts.length).toBeGreaterThan(1);
    leaving.destroy();
    await put(file.upload.puturl, 'bytes');
    expect(await text(await staying)).toBe('bytes');
    await client.close();
  });

  test('6.5 the page of a file that waits offers the download', async () => {
    const { client, file } = await announce(service);
    const path = `${service.server.origin}/${file.sharename}/v/${file.fileid}`;
    expect((await exchange(path)).text).toContain('Start the download');
    await client.close();
    await untilLive(service, file, false);
    expect((await exchange(path)).text).not.toContain('Start the download');
  });
});

test('6.5 a server that stops ends the waits with 503', async () => {
  const stopping = await Service.start();
  const { visitor } = await hold(stopping, await announce(stopping), exchange);
  const settled = await Promise.all([visitor, stopping.stop()]);
  expect(settled[0].status).toBe(503);
});
