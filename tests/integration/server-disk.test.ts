import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { exchange, openPut, put, replyOf, Service } from '../conformance/support.ts';

const MB = 1_000_000;

/** Only root may mount a small disk; elsewhere these tests have nothing to run on. */
const disk = await mkdtemp(path.join(tmpdir(), 'gett-disk-'));
const mounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk], { stdio: 'ignore' });
    execFileSync('umount', [disk]);
    return true;
  } catch {
    return false;
  }
})();

let service: Service;
beforeEach(async () => {
  if (!mounted) return;
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
  service = await Service.start({ data: path.join(disk, 'data') });
});
afterEach(async () => {
  if (!mounted) return;
  await service.stop();
  execFileSync('umount', [disk]);
});
afterAll(() => rm(disk, { recursive: true, force: true }));

test.skipIf(!mounted)('a full disk refuses uploads with 507 and harms nothing', async () => {
  const kept = await service.uploaded('kept.bin', Buffer.alloc(10 * MB, 'kept'));
  const { sharename } = kept;
  const expectRefused = async (file: { sharename: string; fileid: string }) => {
    const { json } = await service.get(`/files/${file.sharename}/${file.fileid}`);
    expect(json.readystate).toBe('remote');
    expect((await service.storage()).used).toBe(10 * MB);
  };

  // A declared size that does not fit is refused before the body.
  const declared = await service.newFile(sharename);
  const early = openPut(declared.upload.puturl, 60 * MB);
  const { status, json } = await replyOf(early);
  early.destroy();
  expect(status).toBe(507);
  expect(json.error).toMatch(/disk of the server is full/);
  await expectRefused(declared);

  // A body of unknown length is stopped while there is still room for the metadata.
  const chunked = await service.newFile(sharename);
  const upload = openPut(chunked.upload.puturl);
  upload.write(Buffer.alloc(60 * MB));
  expect((await replyOf(upload)).status).toBe(507);
  upload.destroy();
  await expectRefused(chunked);

  // Two that fit alone but not together fill the disk to the last byte.
  const files = [await service.newFile(sharename), await service.newFile(sharename)];
  const uploads = files.map(({ upload: { puturl } }) => openPut(puturl, 30 * MB));
  for (const file of files) await service.untilState(file, 'uploading');
  for (const sent of uploads) sent.end(Buffer.alloc(30 * MB));
  const statuses = (await Promise.all(uploads.map(replyOf))).map((reply) => reply.status);
  expect(statuses).toContain(507);

  const read = await exchange(await service.readUrl(kept));
  expect(read.bytes.equals(Buffer.alloc(10 * MB, 'kept'))).toBe(true);
  for (const [i, file] of files.entries()) {
    expect((await service.file(file)).readystate).toBe(statuses[i] === 200 ? 'uploaded' : 'remote');
    await service.post(`/files/${sharename}/${file.fileid}/destroy`);
  }
  expect((await service.storage()).used).toBe(10 * MB);
  await expect
    .poll(async () => (await put(declared.upload.puturl, Buffer.alloc(20 * MB))).status)
    .toBe(200);
});

test.skipIf(!mounted)('a full disk leaves a resumable upload with what is durable', async () => {
  const { upload } = await service.newFile((await service.newShare()).sharename);
  const tus = { 'tus-resumable': '1.0.0' };
  const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': 0 };
  const patch = request(upload.puturl, { method: 'PATCH', headers, agent: false });
  patch.on('error', () => undefined);
  patch.write(randomBytes(70 * MB));
  expect((await replyOf(patch)).status).toBe(507);
  patch.destroy();
  const at = await exchange(upload.puturl, { method: 'HEAD', headers: tus });
  expect(at.status).toBe(200);
  expect(Number(at.headers['upload-offset'])).toBeLessThan(64 * MB);
  const gone = await exchange(upload.puturl, { method: 'DELETE', headers: tus });
  expect(gone.status).toBe(204);
  expect((await service.storage()).used).toBe(0);
});

test.skipIf(!mounted)(
  'a server that was killed starts on a full disk, and gives what it has',
  async () => {
    const kept = await service.uploaded('kept.bin', Buffer.alloc(MB, 'kept'));
    // Pages that the database is still without.
    for (let i = 0; i < 200; i++) await service.uploaded(`note ${i}.txt`, Buffer.alloc(10_000, i));
    await service.server.kill();
    const filling = path.join(disk, 'filling');
    await writeFile(filling, Buffer.alloc(64 * MB)).catch(() => undefined);
    await service.server.restart();
    const read = await exchange(await service.readUrl(kept));
    expect(read.bytes.equals(Buffer.alloc(MB, 'kept'))).toBe(true);
    await rm(filling);
    await service.uploaded('more.txt', 'there is room again');
  },
);
