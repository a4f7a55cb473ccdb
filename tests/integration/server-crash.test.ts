import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { GettFile, GettShare } from '../../src/protocol/shapes.ts';
import { exchange, openPut, put, replyOf, Service } from '../conformance/support.ts';
import { countBlobs, filesIn } from '../support/stored.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterEach(() => service.clear());
afterAll(() => service.stop());

async function crash() {
  await service.server.kill();
  await service.server.restart();
}

test('a crash in the middle of an upload leaves no bytes, no state and no storage behind', async () => {
  const { sharename } = await service.newShare();
  for (const length of [1_000_000, undefined]) {
    const file = await service.newFile(sharename);
    const upload = openPut(file.upload.puturl, length);
    upload.write(Buffer.alloc(300_000));
    await expect.poll(async () => (await service.storage()).used).toBe(300_000);
    await crash();

    expect(await service.file(file)).toMatchObject({ readystate: 'remote' });
    expect((await service.storage()).used).toBe(0);
    expect(await filesIn(service.server.data, 'incoming')).toEqual([]);
    await expect.poll(() => countBlobs(service.server.data)).toBe(0);
  }
});

test('a crash in the middle of a replacement brings the old bytes back', async () => {
  const file = await service.uploaded('plan.txt', 'old bytes');
  const upload = openPut(file.upload.puturl, 1000);
  upload.write('new');
  await service.untilState(file, 'uploading');
  await crash();

  expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: 9 });
  expect((await exchange(await service.readUrl(file))).text).toBe('old bytes');
  expect((await service.storage()).used).toBe(9);
});

test('what was answered survives a crash at once after the answer', async () => {
  for (let round = 0; round < 3; round++) {
    const bytes = randomBytes(50_000);
    const share = await service.newShare(`Round ${round}`);
    const file = await service.newFile(share.sharename);
    expect((await put(file.upload.puturl, bytes)).status).toBe(200);
    await crash();

    expect((await service.get(`/shares/${share.sharename}`)).json.title).toBe(`Round ${round}`);
    const read = await exchange(await service.readUrl(file));
    expect(read.bytes.equals(bytes)).toBe(true);
  }
});

test('crashes at any moment lose nothing that was answered, and the sums stay right', async () => {
  const { sharename } = await service.newShare();
  const answered = new Map<string, Buffer>();
  for (let round = 0; round < 6; round++) {
    const work = Array.from({ length: 4 }, async () => {
      for (;;) {
        const file = await service.newFile(sharename);
        const [first, second] = [randomBytes(randomInt(1, 200_000)), randomBytes(1000)];
        for (const bytes of [first, second]) {
          const { status } = await put(file.upload.puturl, bytes);
          if (status === 200) answered.set(file.fileid, bytes);
        }
      }
    });
    const crashed = Promise.allSettled(work);
    const before = answered.size;
    const enough = before + randomInt(1, 12);
    await expect.poll(() => answered.size).toBeGreaterThanOrEqual(enough);
    await service.server.kill();
    await crashed;
    await service.server.restart();
  }

  const share: GettShare = (await service.get(`/shares/${sharename}`, service.ada.accesstoken))
    .json;
  const uploaded = share.files.filter(({ readystate }) => readystate === 'uploaded');
  expect(share.files.map(({ readystate }) => readystate)).not.toContain('uploading');
  expect(uploaded.map(({ fileid }) => fileid)).toEqual(
    expect.arrayContaining([...answered.keys()]),
  );
  for (const [fileid, bytes] of answered) {
    const file = share.files.find((candidate) => candidate.fileid === fileid);
    const read = (await exchange(await service.readUrl(file as GettFile))).bytes;
    // A replacement may have been stored although its answer was lost in the crash.
    expect(read.equals(bytes) || read.length === 1000).toBe(true);
  }
  const sum = uploaded.reduce((total, { size = 0 }) => total + size, 0);
  expect((await service.storage()).used).toBe(sum);
  await expect.poll(() => countBlobs(service.server.data)).toBe(uploaded.length);
  expect(await filesIn(service.server.data, 'incoming')).toEqual([]);
});

test('SIGTERM lets an upload of known length finish, and keeps the download counts', async () => {
  const counted = await service.uploaded('a.txt', 'x');
  const file = await service.newFile(counted.sharename);
  const upload = openPut(file.upload.puturl, 8);
  upload.write('half');
  await service.untilState(file, 'uploading');
  await exchange(service.blobUrl(counted));
  process.kill(service.server.pid, 'SIGTERM');
  await expect.poll(() => service.server.log()).toContain('stopping');
  upload.end('half');
  expect((await replyOf(upload)).text).toBe('computer says yes');

  expect(await service.server.ended()).toBe(0);
  await service.server.restart();
  expect((await service.file(counted)).downloads).toBe(1);
  expect((await exchange(await service.readUrl(file))).text).toBe('halfhalf');
});

test('SIGTERM ends an upload of unknown length at once, and a second one does not wait', async () => {
  const { sharename } = await service.newShare();
  const chunked = await service.newFile(sharename);
  const upload = openPut(chunked.upload.puturl);
  upload.write('half');
  await service.untilState(chunked, 'uploading');
  const known = await service.newFile(sharename);
  const held = openPut(known.upload.puturl, 8);
  held.write('half');
  await service.untilState(known, 'uploading');

  process.kill(service.server.pid, 'SIGTERM');
  expect((await replyOf(upload)).status).toBe(503);
  process.kill(service.server.pid, 'SIGTERM');
  expect(await service.server.ended()).toBe(1);
  await service.server.restart();
  expect((await service.file(chunked)).readystate).toBe('remote');
  expect((await service.file(known)).readystate).toBe('remote');
});
