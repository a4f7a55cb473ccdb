import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exchange, form, openPut, put, replyOf, Service } from './support.ts';

const LIMIT = 1_000_000;
const KB = 1000;

let service: Service;
beforeAll(async () => {
  service = await Service.start({ args: ['--storage-limit', String(LIMIT)] });
});
afterEach(() => service.clear());
afterAll(() => service.stop());

const bytes = (length: number) => Buffer.alloc(length, 'x');

describe('5.5 storage accounting', () => {
  test('5.5 used counts stored files and what running uploads have received', async () => {
    const file = await service.uploaded('a.bin', bytes(100 * KB));
    expect(await service.storage()).toEqual({
      used: 100 * KB,
      limit: LIMIT,
      extra: 0,
      free: 900 * KB,
    });

    const second = await service.newFile(file.sharename);
    const upload = openPut(second.upload.puturl, 300 * KB);
    upload.write(bytes(50 * KB));
    await expect.poll(async () => (await service.storage()).used).toBe(150 * KB);
    upload.end(bytes(250 * KB));
    await replyOf(upload);
    expect((await service.storage()).used).toBe(400 * KB);

    await put(second.upload.puturl, bytes(KB));
    expect((await service.storage()).used).toBe(101 * KB);
  });

  test('5.5 a Content-Length beyond what is free gets 413 before the body', async () => {
    const file = await service.newFile((await service.newShare()).sharename);
    const upload = request(file.upload.puturl, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': LIMIT + 1 },
    });
    let continued = false;
    upload.on('continue', () => {
      continued = true;
    });
    upload.flushHeaders();
    const { status, json } = await replyOf(upload);
    upload.destroy();
    expect([status, json, continued]).toEqual([413, { error: 'storage limit exceeded' }, false]);
    expect((await service.file(file)).readystate).toBe('storagelimit');
    expect((await exchange(service.blobUrl(file))).status).toBe(404);
  });

  test('5.5 a client that sends the body anyway still gets the answer', async () => {
    const file = await service.newFile((await service.newShare()).sharename);
    const { status } = await put(file.upload.puturl, bytes(LIMIT + 1));
    expect(status).toBe(413);
  });

  test.each(['chunked', 'form'])(
    '5.5 a %s body that crosses the limit is stopped',
    async (kind) => {
      const file = await service.newFile((await service.newShare()).sharename);
      const body = bytes(LIMIT + 200 * KB);
      if (kind === 'form') {
        const { status, json } = await exchange(
          file.upload.posturl,
          form([{ name: 'x', filename: 'x', bytes: body }]),
        );
        expect([status, json]).toEqual([413, { error: 'storage limit exceeded' }]);
      } else {
        const upload = openPut(file.upload.puturl);
        upload.write(body);
        const { status, json } = await replyOf(upload);
        upload.destroy();
        expect([status, json]).toEqual([413, { error: 'storage limit exceeded' }]);
      }
      expect((await service.file(file)).readystate).toBe('storagelimit');
      expect((await service.storage()).used).toBe(0);
    },
  );

  test('5.5 the last byte that fits is accepted, however it is sent', async () => {
    const { sharename } = await service.newShare();
    const upload = openPut((await service.newFile(sharename)).upload.puturl);
    upload.end(bytes(LIMIT));
    expect((await replyOf(upload)).status).toBe(200);
    expect((await service.storage()).free).toBe(0);
    const full = await put((await service.newFile(sharename)).upload.puturl, 'x');
    expect(full.status).toBe(413);
    const empty = await put((await service.newFile(sharename)).upload.puturl, '');
    expect(empty.status).toBe(200);
  });

  test('5.5 a file in state storagelimit can be uploaded again with its URLs', async () => {
    const file = await service.newFile((await service.newShare()).sharename);
    await put(file.upload.puturl, bytes(LIMIT + 1));
    expect((await put(file.upload.puturl, bytes(10))).status).toBe(200);
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: 10 });
  });

  test('5.4 a replacement that does not fit leaves the old bytes', async () => {
    const file = await service.uploaded('a.bin', 'old bytes');
    const upload = openPut(file.upload.puturl);
    upload.write(bytes(LIMIT + 100));
    expect((await replyOf(upload)).status).toBe(413);
    upload.destroy();
    expect((await put(file.upload.puturl, bytes(LIMIT + 100))).status).toBe(413);
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: 9 });
    expect((await exchange(await service.readUrl(file))).text).toBe('old bytes');
    expect((await service.storage()).used).toBe(9);
  });

  test('5.4 the bytes that a replacement removes count as free', async () => {
    const file = await service.uploaded('a.bin', bytes(600 * KB));
    expect((await put(file.upload.puturl, bytes(700 * KB))).status).toBe(200);
    expect((await service.storage()).used).toBe(700 * KB);
    const chunked = openPut(file.upload.puturl);
    chunked.end(bytes(900 * KB));
    expect((await replyOf(chunked)).status).toBe(200);
    expect((await service.storage()).used).toBe(900 * KB);
  });

  test('5.5 uploads at the same time cannot take more than there is', async () => {
    const { sharename } = await service.newShare();
    const files = await Promise.all(Array.from({ length: 8 }, () => service.newFile(sharename)));
    const replies = await Promise.all(
      files.map(({ upload }) => put(upload.puturl, bytes(300 * KB))),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(replies.filter(({ status }) => status === 413)).toHaveLength(5);
    expect((await service.storage()).used).toBe(900 * KB);
  });

  test('5.5 a user may have a limit of their own', async () => {
    const args = ['user', 'add', 'eve@example.org', '--name', 'Eve', '--password-stdin'];
    await service.server.cli([...args, '--storage-limit', '7'], { input: 'password\n' });
    const body = JSON.stringify({ email: 'eve@example.org', password: 'password' });
    const { json } = await exchange(service.url('/users/login'), { body });
    expect(json.user.storage).toEqual({ used: 0, limit: 7, extra: 0, free: 7 });
  });
});

test('where users get more storage is told as the operator names it, and nowhere else', async () => {
  const more = 'https://example.org/storage';
  const other = await Service.start({ args: ['--more-storage', more] });
  expect(await other.storage()).toMatchObject({ more });
  expect(await service.storage()).not.toHaveProperty('more');
  await other.stop();
});
