import { createHash, randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, type NewFile, openGet, replyOf, Service } from '../conformance/support.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const CHUNK = 1024 * 1024;
/** Several checkpoints, and a last page that is not full. */
const bytes = randomBytes(CHUNK);
const SIZE = 300 * CHUNK + 777;
const KILLS = 5;

let service: Service;
beforeAll(async () => {
  service = await Service.start({ args: ['--storage-limit', String(2 * SIZE)] });
});
afterAll(() => service.stop());

/** From `position` to the end of its MiB: the same bytes at the same place, each time. */
function pieceAt(position: number): Buffer {
  const piece = Buffer.from(bytes);
  piece.writeUInt32LE(Math.floor(position / CHUNK), 0);
  return piece.subarray(position % CHUNK).subarray(0, SIZE - position);
}

async function offsetOf({ upload }: NewFile): Promise<number> {
  const { headers } = await exchange(upload.puturl, { method: 'HEAD', headers: TUS });
  return Number(headers['upload-offset']);
}

function openPatch({ upload }: NewFile, offset: number): ClientRequest {
  return request(upload.puturl, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': offset,
      'content-length': SIZE - offset,
    },
    agent: false,
  });
}

/** As fast as the server takes it, until `enough` has gone or the connection breaks. */
async function send(patch: ClientRequest, from: number, enough: number): Promise<number> {
  const broken = once(patch, 'error').then(() => 'broken');
  let position = from;
  while (position < enough) {
    const piece = pieceAt(position);
    position += piece.length;
    if (patch.write(piece)) continue;
    if ((await Promise.race([once(patch, 'drain'), broken])) === 'broken') break;
  }
  return position;
}

async function digestOf(file: NewFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await openGet(await service.readUrl(file))) hash.update(chunk);
  return hash.digest('hex');
}

test('a fast upload goes on after each kill of the server, and is whole', {
  timeout: 180_000,
}, async () => {
  const { sharename } = await service.newShare();
  const file: NewFile = (
    await service.post(`/files/${sharename}/create`, { filename: 'fast.bin', size: SIZE })
  ).json;
  let offset = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const patch = openPatch(file, offset);
    patch.on('error', () => undefined);
    const room = Math.floor((SIZE - offset) / 2);
    await send(patch, offset, offset + randomInt(room));
    await service.server.kill();
    await service.server.restart();
    const next = await offsetOf(file);
    expect(next).toBeGreaterThanOrEqual(offset);
    offset = next;
  }
  const patch = openPatch(file, offset);
  await send(patch, offset, SIZE);
  patch.end();
  expect((await replyOf(patch)).status).toBe(204);
  expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: SIZE });

  const whole = createHash('sha256');
  for (let position = 0; position < SIZE; position += CHUNK) whole.update(pieceAt(position));
  expect(await digestOf(file)).toBe(whole.digest('hex'));
});
