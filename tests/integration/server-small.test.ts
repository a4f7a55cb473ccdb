import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  exchange,
  form,
  type NewFile,
  openGet,
  openPut,
  put,
  replyOf,
  Service,
} from '../conformance/support.ts';
import { countBlobs, filesIn } from '../support/stored.ts';

const LIMIT = 64 * 1024;
const TUS = {
  'tus-resumable': '1.0.0',
  'content-type': 'application/offset+octet-stream',
  'upload-offset': 0,
};

let service: Service;
let file: NewFile;
beforeAll(async () => {
  service = await Service.start();
});
afterEach(() => service.clear());
afterAll(() => service.stop());

async function newFile() {
  file = await service.newFile((await service.newShare()).sharename);
  return file.upload.puturl;
}
const stored = async () => (await exchange(await service.readUrl(file))).bytes;
const files = () => filesIn(service.server.data, 'blobs');
const used = async () => (await service.storage()).used;

describe('a file of 64 KiB becomes a row of the database and no file', () => {
  const bytes = randomBytes(LIMIT);

  test('as a PUT', async () => {
    expect((await put(await newFile(), bytes)).text).toBe('computer says yes');
    expect([await stored(), await files()]).toEqual([bytes, []]);
  });

  test('as a form', async () => {
    await newFile();
    const { body, headers } = form([{ name: 'file', filename: 'a.bin', bytes }]);
    const { posturl } = file.upload;
    expect((await exchange(posturl, { method: 'POST', body, headers })).status).toBe(200);
    expect([await stored(), await files()]).toEqual([bytes, []]);
  });

  test('as one part of tus', async () => {
    const headers = { ...TUS, 'upload-length': LIMIT };
    const reply = await exchange(await newFile(), { method: 'PATCH', body: bytes, headers });
    expect([reply.status, reply.headers['upload-offset']]).toEqual([204, String(LIMIT)]);
    expect([await stored(), await files()]).toEqual([bytes, []]);
  });
});

test('one byte more becomes a file', async () => {
  const bytes = randomBytes(LIMIT + 1);
  await put(await newFile(), bytes);
  expect([await stored(), (await files()).length]).toEqual([bytes, 1]);
});

test('a short file that comes slowly is followed by its readers while it comes', async () => {
  const upload = openPut(await newFile(), 8);
  upload.write('half');
  await service.untilState(file, 'uploading');
  const reader = await openGet(await service.readUrl(file));
  expect(String((await reader[Symbol.asyncIterator]().next()).value)).toBe('half');
  upload.end('half');
  expect((await replyOf(upload)).status).toBe(200);
  expect(String(await stored())).toBe('halfhalf');
});

test('parts and ranges of a short file are read like those of a long one', async () => {
  await put(await newFile(), '0123456789');
  const url = await service.readUrl(file);
  const part = await exchange(url, { headers: { range: 'bytes=3-5' } });
  expect([part.status, part.text, part.headers['content-range']]).toEqual([
    206,
    '345',
    'bytes 3-5/10',
  ]);
  expect((await exchange(url, { headers: { range: 'bytes=10-' } })).status).toBe(416);
});

test('an empty file is stored, and read', async () => {
  expect((await put(await newFile(), '')).status).toBe(200);
  expect((await stored()).length).toBe(0);
});

test('bytes that are replaced or destroyed leave nothing behind', async () => {
  const url = await newFile();
  await put(url, 'short');
  await put(url, 'shorter still');
  await put(url, randomBytes(LIMIT + 1));
  await put(url, 'short again');
  expect([String(await stored()), await used()]).toEqual(['short again', 11]);
  await expect.poll(() => countBlobs(service.server.data)).toBe(1);
  await service.post(`/files/${file.sharename}/${file.fileid}/destroy`);
  await expect.poll(() => countBlobs(service.server.data)).toBe(0);
  expect(await used()).toBe(0);
});

test('a short file takes the place of a longer upload of the same file that is under way', async () => {
  const url = await newFile();
  const slow = openPut(url, 1000);
  slow.write('slow');
  await service.untilState(file, 'uploading');
  const cut = new Promise((resolve) => slow.once('error', resolve));
  expect((await put(url, 'quick')).status).toBe(200);
  await cut;
  expect([String(await stored()), await used()]).toEqual(['quick', 5]);
});

test('a folder whose files are all short starts again, with every byte', async () => {
  await put(await newFile(), 'short');
  await service.server.kill();
  await service.server.restart();
  expect(String(await stored())).toBe('short');
});

test('the log is worked into the database while the server runs, and begins anew', async () => {
  const sizeOf = async (name: string) => (await stat(path.join(service.server.data, name))).size;
  const bytes = randomBytes(LIMIT);
  const before = await sizeOf('meta.db');
  const { sharename } = await service.newShare();
  for (let i = 0; i < 600; i++) {
    file = await service.newFile(sharename);
    expect((await put(file.upload.puturl, bytes)).status).toBe(200);
  }
  // Two commits each: what was written is 38 MB, and the log is never as long as that.
  await expect.poll(async () => (await sizeOf('meta.db')) - before).toBeGreaterThan(25_000_000);
  expect(await sizeOf('meta.db-wal')).toBeLessThan(30_000_000);
  await service.server.kill();
  await service.server.restart();
  expect((await stored()).equals(bytes)).toBe(true);
});
