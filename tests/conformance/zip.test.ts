import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, put, Service } from './support.ts';

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await Service.start();
  folder = await mkdtemp(path.join(tmpdir(), 'gett-zip-'));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
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
    `attachment; filename="Tr_ume / 1.zip"; filename*=UTF-8''Tr%C3%A4ume%20%2F%201.zip`,
  );

  const archive = path.join(folder, 'share.zip');
  await writeFile(archive, bytes);
  const script =
    'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nz.extractall(sys.argv[2])\nprint("\\n".join(z.namelist()))';
  const { stdout } = await promisify(execFile)('python3', ['-c', script, archive, folder]);
  expect(stdout.trim().split('\n')).toEqual(['a.txt', 'a (2).txt', 'empty', 'ü.bin']);
  expect(await readFile(path.join(folder, 'a (2).txt'), 'utf8')).toBe('two');
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
