import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announce, joinSession, LiveClient, newSession, refOf, untilLive } from './live-support.ts';
import { exchange, form, openPut, put, replyOf, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe('6.4 download', () => {
  test('6.4 is sent for a remote file with the request, and says that the count grew', async () => {
    const { client, file } = await announce(service);
    expect((await exchange(service.blobUrl(file))).status).toBe(302);
    expect(await client.message()).toEqual({ type: 'download', ...refOf(file), increment: true });
    await client.close();
  });

  test('6.4 noinc=1 sends increment false; HEAD and pictures send nothing', async () => {
    const { client, file } = await announce(service, { filename: 'a.png' });
    await exchange(service.blobUrl(file), { method: 'HEAD' });
    await exchange(service.blobUrl(file, '/thumb'));
    await exchange(service.blobUrl(file, '?noinc=1'));
    expect((await client.settled()).map((text) => JSON.parse(text))).toEqual([
      { type: 'download', ...refOf(file), increment: false },
    ]);
    await client.close();
  });

  test('6.4 is sent for an uploaded file too, for every request', async () => {
    const { client, file } = await announce(service);
    await put(file.upload.puturl, 'film');
    expect(await client.message()).toMatchObject({ type: 'filestat' });
    await exchange(service.blobUrl(file));
    await exchange(service.blobUrl(file));
    expect(await client.message()).toMatchObject({ type: 'download' });
    expect(await client.message()).toMatchObject({ type: 'download' });
    await client.close();
  });
});

describe('6.4 filestat', () => {
  test('6.4 is sent when an upload with a Content-Length begins', async () => {
    const { client, file } = await announce(service);
    const upload = openPut(file.upload.puturl, 10);
    expect(await client.message()).toEqual({ type: 'filestat', ...refOf(file), size: 10 });
    upload.end('0123456789');
    await replyOf(upload);
    expect(await client.settled()).toHaveLength(1);
    await client.close();
  });

  test('6.4 is sent at the end, once, when the length was not announced', async () => {
    const { client, file } = await announce(service);
    const upload = openPut(file.upload.puturl);
    upload.write('01234');
    await service.untilState(file, 'uploading');
    expect(await client.settled()).toEqual([]);
    upload.end('56789');
    await replyOf(upload);
    expect(await client.message()).toEqual({ type: 'filestat', ...refOf(file), size: 10 });
    expect(await client.settled()).toHaveLength(1);
    await client.close();
  });

  test('6.4 of a form says the size of the part', async () => {
    const { client, file } = await announce(service);
    const body = form([{ name: 'file', filename: 'x', bytes: 'seven b' }]);
    await exchange(file.upload.posturl, { method: 'POST', ...body });
    expect(await client.message()).toEqual({ type: 'filestat', ...refOf(file), size: 7 });
    await client.close();
  });
});

test.each([
  ['announced', 20],
  ['not announced', undefined],
])('6.4 storagelimit is sent when the storage is full and the length %s', async (_, length) => {
  const small = await Service.start({ args: ['--storage-limit', '10'] });
  const { client, file } = await announce(small);
  const upload = openPut(file.upload.puturl, length);
  upload.end('01234567890123456789');
  expect((await replyOf(upload)).status).toBe(413);
  expect(await client.message()).toEqual({ type: 'storagelimit', ...refOf(file) });
  await client.close();
  await small.stop();
});

describe('6.4 who receives what', () => {
  test('6.4 every connection of the session gets it, other sessions of the owner do not', async () => {
    const first = await announce(service);
    const { client, file } = first;
    const twin = await joinSession(service, first);
    const other = await announce(service);
    await exchange(service.blobUrl(file));
    expect(await client.settled()).toContainEqual(expect.stringContaining('"download"'));
    expect(await twin.settled()).toContainEqual(expect.stringContaining('"download"'));
    expect(await other.client.settled()).toEqual([]);
    await Promise.all([client.close(), twin.close(), other.client.close()]);
  });

  test('6.4 a file without a session is for all connections of its owner', async () => {
    const [first, second] = [await announce(service), await announce(service)];
    const file = await service.newFile(first.file.sharename);
    await put(file.upload.puturl, 'four');
    const expected = { type: 'filestat', ...refOf(file), size: 4 };
    expect(await first.client.message()).toEqual(expected);
    expect(await second.client.message()).toEqual(expected);
    await Promise.all([first.client.close(), second.client.close()]);
  });

  test('6.4 so is a file whose session is not connected', async () => {
    const gone = await announce(service);
    await gone.client.close();
    await untilLive(service, gone.file, false);
    const { client } = await announce(service);
    await put(gone.file.upload.puturl, 'four');
    expect(await client.message()).toEqual({ type: 'filestat', ...refOf(gone.file), size: 4 });
    await client.close();
  });

  test('6.4 nobody sees the files of other users', async () => {
    const { client, file } = await announce(service);
    const bob = await LiveClient.open(service.server.origin);
    const session = newSession();
    bob.connect(service.bob.accesstoken, session);
    const share = await service.newShare(undefined, service.bob.accesstoken);
    const { json } = await service.post(
      `/files/${share.sharename}/create`,
      { filename: 'b.txt', session },
      service.bob.accesstoken,
    );
    await untilLive(service, json, true);
    await put(file.upload.puturl, 'secret');
    await exchange(service.blobUrl(file));
    expect(await client.settled()).toHaveLength(2);
    expect(await bob.settled()).toEqual([]);
    await Promise.all([client.close(), bob.close()]);
  });
});

test('6.4 messages about one file come in the order of events', async () => {
  const { client, file } = await announce(service);
  for (let size = 1; size <= 20; size++) {
    await put(file.upload.puturl, 'x'.repeat(size));
    await exchange(service.blobUrl(file));
  }
  const kinds = (await client.settled()).map((text) => JSON.parse(text).size ?? 'download');
  expect(kinds).toEqual(Array.from({ length: 20 }, (_, i) => [i + 1, 'download']).flat());
  await client.close();
});
