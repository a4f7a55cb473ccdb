import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpack } from '../support/unpack.ts';
import { exchange, put, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(async () => {
  await service.stop();
});

test('4.13 a share is one archive of its stored files, under unique names, not counted', async () => {
  const { sharename } = await service.newShare('Träume / 1');
  for (const [name, bytes] of [
    ['a.txt', 'one'],
    ['a.txt', 'two'],
    ['empty', ''],
    ['ü.bin', 'x'.repeat(300_000)],
  ] as const) {
    await put((await service.newFile(sharename, name)).upload.puturl, bytes);
  }
  await service.newFile(sharename, 'never sent');
  const { status, headers, bytes } = await exchange(service.url(`/shares/${sharename}/zip`));
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/zip',
    'content-length': String(bytes.length),
    'access-control-allow-origin': '*',
  });
  expect(headers['content-disposition']).toBe(
    `attachment; filename="Tr_ume _ 1.zip"; filename*=UTF-8''Tr%C3%A4ume%20_%201.zip`,
  );

  const files = await unpack(bytes);
  expect(files.map(({ entry }) => entry.fileName)).toEqual([
    'a.txt',
    'a (2).txt',
    'empty',
    'ü.bin',
  ]);
  expect(files.map((file) => file.bytes.length)).toEqual([3, 3, 0, 300_000]);
  expect(files[1]?.bytes.toString()).toBe('two');
  expect((await service.get(`/shares/${sharename}`)).json.downloads).toBe(0);
});

test('4.13 HEAD tells the length without a body; an untitled share is named after itself', async () => {
  const file = await service.uploaded('a.txt', 'bytes');
  const url = service.url(`/shares/${file.sharename}/zip`);
  const head = await exchange(url, { method: 'HEAD' });
  expect(head.bytes).toHaveLength(0);
  expect(head.headers['content-disposition']).toContain(`"${file.sharename}.zip"`);
  expect(head.headers['content-length']).toBe(String((await exchange(url)).bytes.length));
});

test('4.13 an unknown and a destroyed share have none', async () => {
  const { sharename } = await service.newShare();
  await service.post(`/shares/${sharename}/destroy`);
  for (const name of ['zzzzzzz', sharename]) {
    const { status, json } = await exchange(service.url(`/shares/${name}/zip`));
    expect([status, json]).toEqual([404, { error: 'share not found' }]);
  }
});
