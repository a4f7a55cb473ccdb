import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';
import { exchange, openPut, replyOf, Service } from '../conformance/support.ts';

const MB = 1_000_000;

let folder: string;
let failSync: string;
let service: Service;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-sync-'));
  failSync = path.join(folder, 'fail');
  const script = pathToFileURL(at('tests/support/failing-sync.mjs')).href;
  const env = { NODE_OPTIONS: `--import ${script}`, FAIL_SYNC: failSync };
  service = await Service.start({ data: path.join(folder, 'data'), env });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a server whose commits cannot be made durable answers nobody, ends and keeps the bytes', async () => {
  const bytes = randomBytes(MB);
  const file = await service.newFile((await service.newShare()).sharename);
  const upload = openPut(file.upload.puturl, MB);
  upload.write(bytes.subarray(0, MB / 2));
  await service.untilState(file, 'uploading');
  await writeFile(failSync, '');
  const reply = replyOf(upload);
  upload.end(bytes.subarray(MB / 2));
  await expect(reply).rejects.toThrow();
  expect(await service.server.ended()).toBe(1);
  expect(service.server.log()).toContain('could not be made durable');

  await rm(failSync);
  await service.server.restart();
  expect(await service.file(file)).toMatchObject({ readystate: 'uploaded', size: MB });
  const read = await exchange(await service.readUrl(file));
  expect(read.bytes.equals(bytes)).toBe(true);
});
