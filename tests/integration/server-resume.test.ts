import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openMetadata } from '../../src/server/metadata/open.ts';
import { exchange, type NewFile, openGet, Service } from '../conformance/support.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const bytes = randomBytes(8_000_000);

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterEach(() => service.clear());
afterAll(() => service.stop());

async function announce(size?: number): Promise<NewFile> {
  const { sharename } = await service.newShare();
  return (await service.post(`/files/${sharename}/create`, { filename: 'a.bin', size })).json;
}

const offsetOf = async ({ upload }: NewFile) => {
  const { headers } = await exchange(upload.puturl, { method: 'HEAD', headers: TUS });
  return Number(headers['upload-offset']);
};

function openPatch({ upload }: NewFile, offset: number) {
  const sent = request(upload.puturl, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': offset,
      'content-length': bytes.length - offset,
    },
    agent: false,
  });
  sent.on('error', () => undefined);
  return sent;
}

async function sendRest(file: NewFile) {
  const sent = openPatch(file, await offsetOf(file));
  sent.end(bytes.subarray(await offsetOf(file)));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

/** What is recorded as durable. Asking by HEAD would end the request that is under way. */
async function durableOf({ sharename, fileid }: NewFile): Promise<number | undefined> {
  const store = await openMetadata(service.server.data, { locked: false });
  try {
    const share = await store.shares.byName(sharename);
    const key = { shareId: share?.shareId ?? 0, fileid: Number(fileid) };
    return (await store.shares.file(key))?.unfinished?.offset;
  } finally {
    await store.close();
  }
}

async function sendPart(file: NewFile, start: number, end: number) {
  const { status } = await exchange(file.upload.puturl, {
    method: 'PATCH',
    body: bytes.subarray(start, end),
    headers: {
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': start,
    },
  });
  expect(status).toBe(204);
}

async function expectWhole(file: NewFile) {
  const read = await exchange(await service.readUrl(file));
  const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  expect(digest(read.bytes)).toBe(digest(bytes));
  expect((await service.storage()).used).toBe(bytes.length);
  expect(await readdir(path.join(service.server.data, 'incoming'))).toEqual([]);
}

async function crash() {
  await service.server.kill();
  await service.server.restart();
}

test('what was reported as stored survives a crash in mid upload, and the upload goes on from there', async () => {
  const file = await announce(bytes.length);
  await sendPart(file, 0, 3_000_000);
  const running = openPatch(file, 3_000_000);
  running.write(bytes.subarray(3_000_000, 5_000_000));
  await expect.poll(async () => (await service.storage()).used).toBe(5_000_000);
  await crash();

  expect(await service.file(file)).toMatchObject({ readystate: 'uploading', size: bytes.length });
  const offset = await offsetOf(file);
  expect(offset).toBeGreaterThanOrEqual(3_000_000);
  expect((await service.storage()).used).toBe(offset);
  expect(await sendRest(file)).toBe(204);
  await expectWhole(file);
});

test('bytes become durable while a long request runs, not only at its end', async () => {
  const file = await announce(bytes.length);
  const running = openPatch(file, 0);
  running.write(bytes.subarray(0, 2_000_000));
  await expect.poll(async () => (await service.storage()).used).toBe(2_000_000);
  await expect.poll(() => durableOf(file)).toBe(2_000_000);
  await crash();
  expect(await offsetOf(file)).toBe(2_000_000);
  expect(await sendRest(file)).toBe(204);
  await expectWhole(file);
});

test('crashes at any moment never lose what was reported, and the file ends identical', async () => {
  const file = await announce(bytes.length);
  let reported = 0;
  for (let round = 0; round < 8; round++) {
    const crashed = new Promise<void>((resolve) => {
      setTimeout(() => void crash().then(resolve), 20 + round * 15);
    });
    try {
      for (let at = reported; at < bytes.length; at = reported) {
        const end = Math.min(bytes.length, at + 200_000);
        await sendPart(file, at, end);
        reported = end;
      }
    } catch {
      // The server has gone, as it should.
    }
    await crashed;
    const offset = await offsetOf(file);
    expect(offset).toBeGreaterThanOrEqual(reported);
    reported = offset;
    if (offset === bytes.length) break;
  }
  if ((await service.file(file)).readystate !== 'uploaded') {
    expect(await sendRest(file)).toBe(204);
  }
  await expectWhole(file);
});

test('a reader who comes while the uploader is away after a crash gets the rest later', async () => {
  const file = await announce(bytes.length);
  await sendPart(file, 0, 4_000_000);
  await crash();
  const visitor = await openGet(await service.readUrl(file));
  const hash = createHash('sha256');
  let seen = 0;
  visitor.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    hash.update(chunk);
  });
  await expect.poll(() => seen).toBe(4_000_000);
  const ended = once(visitor, 'end');
  await sendPart(file, 4_000_000, bytes.length);
  await ended;
  expect(seen).toBe(bytes.length);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('SIGTERM ends a part at once and keeps what has come', async () => {
  const file = await announce(bytes.length);
  const running = openPatch(file, 0);
  running.write(bytes.subarray(0, 1_000_000));
  await expect.poll(async () => (await service.storage()).used).toBe(1_000_000);
  process.kill(service.server.pid, 'SIGTERM');
  const [response] = (await once(running, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(503);
  response.resume();
  running.destroy();
  expect(await service.server.ended()).toBe(0);
  await service.server.restart();
  expect(await offsetOf(file)).toBe(1_000_000);
  expect(await sendRest(file)).toBe(204);
  await expectWhole(file);
});
