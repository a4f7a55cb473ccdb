import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announce } from './live-support.ts';
import { exchange, openGet, openPut, replyOf, Service } from './support.ts';

const MIB = 1024 * 1024;
const SIZE = 128 * MIB;

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

/** Bytes that differ everywhere, so that a piece in the wrong place is found. */
function piece(index: number): Buffer {
  const bytes = Buffer.alloc(MIB, index);
  for (let at = 0; at < MIB; at += 4096) bytes.writeUInt32LE(index * 257 + at, at);
  return bytes;
}

/** Sends the whole file as fast as it is taken. Gives its hash. */
async function sendAll(
  url: string,
  onPiece: (index: number) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const upload = openPut(url, SIZE);
  const reply = replyOf(upload);
  const hash = createHash('sha256');
  for (let i = 0; i < SIZE / MIB; i++) {
    const bytes = piece(i);
    hash.update(bytes);
    if (!upload.write(bytes)) await new Promise((resolve) => upload.once('drain', resolve));
    await onPiece(i);
  }
  upload.end();
  expect((await reply).text).toBe('computer says yes');
  return hash.digest('hex');
}

async function hashOf(response: IncomingMessage): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of response) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** What the server holds in memory; bytes. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${service.server.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
}

test('6.5 readers that take nothing hold up neither the upload nor other readers', async () => {
  const { client, file } = await announce(service);
  await sendAll(file.upload.puturl);
  await service.post(`/files/${file.sharename}/${file.fileid}/destroy`);
  const usual = await memory();
  await client.close();

  const watched = await announce(service);
  const urls = await Promise.all(Array.from({ length: 10 }, () => service.readUrl(watched.file)));
  // Nobody reads these answers before the upload has ended.
  const stuck = urls.map(openGet);
  const quick = openGet(await service.readUrl(watched.file)).then(hashOf);
  let peak = 0;
  let late: Promise<string> | undefined;
  const sent = await sendAll(watched.file.upload.puturl, async (index) => {
    if (index % 8 !== 0) return;
    peak = Math.max(peak, await memory());
    if (index === 64) late = service.readUrl(watched.file).then(openGet).then(hashOf);
  });
  expect(await quick).toBe(sent);
  expect(await late).toBe(sent);
  // Ten readers that are 128 MiB behind would need 1.3 GiB if bytes were kept for them.
  expect(peak - usual).toBeLessThan(100 * MIB);
  for (const reader of stuck) expect(await hashOf(await reader)).toBe(sent);
  expect((await exchange(service.blobUrl(watched.file))).status).toBe(302);
  await watched.client.close();
}, 120_000);
