import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GettFile, GettShare } from '../../src/protocol/shapes.ts';
import { type NewFile, put, Service } from './support.ts';

let service: Service;
let share: GettShare;
beforeAll(async () => {
  service = await Service.start({ args: ['--storage-limit', '1000000'] });
});
beforeEach(async () => {
  await service.clear();
  share = await service.newShare();
});
afterAll(() => service.stop());

const announce = (body: unknown) => service.post(`/files/${share.sharename}/create`, body);
const listed = async (): Promise<GettFile[]> =>
  (await service.get(`/shares/${share.sharename}`, service.ada.accesstoken)).json.files;

test('a share says how many files may be announced together', async () => {
  expect(share.batch).toBe(1000);
  expect((await service.get(`/shares/${share.sharename}`)).json.batch).toBe(1000);
});

test('a thousand files are announced by one request, in order, each with its own address', async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `${i} ${'ü'.repeat(120)}`);
  const { status, json } = await announce(names.map((filename) => ({ filename, session: 's' })));
  expect(status).toBe(200);
  const files: NewFile[] = json;
  expect(files.map(({ filename }) => filename)).toEqual(names);
  expect(new Set(files.map(({ upload }) => upload.puturl)).size).toBe(1000);
  expect((await listed()).map(({ fileid }) => fileid)).toEqual(
    files.map(({ fileid }) => fileid).toReversed(),
  );
  for (const file of [files[0], files[999]]) {
    if (!file) throw new Error('a file is missing');
    expect((await put(file.upload.puturl, file.filename)).status).toBe(200);
    expect(await service.file(file)).toMatchObject({ readystate: 'uploaded' });
  }
});

test('files that are announced after a list do not take its numbers', async () => {
  const files: NewFile[] = (await announce([{ filename: 'a' }, { filename: 'b' }])).json;
  const later = await service.newFile(share.sharename);
  expect(files.map(({ fileid }) => fileid)).not.toContain(later.fileid);
});

test('an empty list is answered with an empty list', async () => {
  expect(await announce([])).toMatchObject({ status: 200, json: [] });
});

test.each([
  [[{ filename: 'a' }, { filename: 7 }], '[1].filename must be a string'],
  [[{ filename: 'a' }, { filename: 'b/' }], '[1].filename must be 1 to 255 bytes long'],
  [[{ filename: 'a' }, { filename: 'b', size: -1 }], '[1].size must be a whole number'],
  [[{ filename: 'a' }, { filename: 'b', size: 1.5 }], '[1].size must be a whole number'],
  [[{ filename: 'a' }, 'b'], '[1] must be an object'],
])('one bad entry refuses the whole list and is named: %j', async (body, sentence) => {
  const { status, json } = await announce(body);
  expect(status).toBe(400);
  expect(json.error).toContain(sentence);
  expect(await listed()).toEqual([]);
});

test('a list that is too long is refused with the number that is allowed', async () => {
  const { status, json } = await announce(Array.from({ length: 1001 }, () => ({ filename: 'a' })));
  expect([status, json.error]).toEqual([400, 'request must be at most 1000 files']);
  expect(await listed()).toEqual([]);
});

test('files that the storage has no room for together are refused together', async () => {
  const half = { filename: 'half', size: 600_000 };
  expect((await announce([half, half])).status).toBe(413);
  expect(await listed()).toEqual([]);
  expect((await announce([half])).status).toBe(200);
});

test('an announced size is shown at once, and refused at once when there is no room', async () => {
  const { json: file } = await announce({ filename: 'a', size: 5 });
  expect(await service.file(file)).toMatchObject({ readystate: 'remote', size: 5 });
  const { status, json } = await announce({ filename: 'b', size: 2_000_000 });
  expect([status, json]).toEqual([413, { error: 'storage limit exceeded' }]);
});

test('only the owner of a share announces files in it', async () => {
  const body = [{ filename: 'a' }];
  const reply = await service.post(
    `/files/${share.sharename}/create`,
    body,
    service.bob.accesstoken,
  );
  expect(reply.status).toBe(403);
  expect(await listed()).toEqual([]);
});
