import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, put, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe('4.8 files/create', () => {
  test('4.8 announces a file that is remote, with its link and its upload URLs', async () => {
    const { sharename } = await service.newShare();
    const { status, json } = await service.post(`/files/${sharename}/create`, {
      filename: 'plan.txt',
      session: 'f3a91c20b7',
    });
    const { origin } = service.server;
    expect(status).toBe(200);
    expect(json).toMatchObject({
      fileid: '0',
      filename: 'plan.txt',
      sharename,
      readystate: 'remote',
      downloads: 0,
      getturl: `${origin}/${sharename}/v/0`,
    });
    expect(json).not.toHaveProperty('size');
    expect(json.upload.puturl).toMatch(
      new RegExp(`^${origin}/blobs/${sharename}/plan\\.txt\\?sig=[^&]+$`),
    );
    expect(json.upload.posturl).toMatch(
      new RegExp(`^${origin}/blobs/${sharename}/\\?filename=plan\\.txt&sig=[^&]+$`),
    );
  });

  test('4.8 ids count up from "0" and are never used again', async () => {
    const { sharename } = await service.newShare();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { fileid } = await service.newFile(sharename);
      ids.push(fileid);
      await service.post(`/files/${sharename}/${fileid}/destroy`);
    }
    expect(ids).toEqual(['0', '1', '2']);
  });

  test('4.8 names need not be unique', async () => {
    const { sharename } = await service.newShare();
    const [a, b] = [await service.newFile(sharename), await service.newFile(sharename)];
    await put(a.upload.puturl, 'one');
    await put(b.upload.puturl, 'three');
    expect((await service.file(a)).size).toBe(3);
    expect((await service.file(b)).size).toBe(5);
  });

  test.each([
    ['/etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\plan.txt', 'plan.txt'],
    ['a\u0000b\nc\u007f.txt', 'abc.txt'],
    ['ünï😀.txt', 'ünï😀.txt'],
    ['.', '.'],
    ['..', '..'],
    ['a?b#c%20&d=e.txt', 'a?b#c%20&d=e.txt'],
    ['half\ud800.txt', 'half\ufffd.txt'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('4.8 the name %j is kept as %j and its file can be sent and read', async (given, kept) => {
    const { sharename } = await service.newShare();
    const file = await service.newFile(sharename, given);
    expect(file.filename).toBe(kept);
    expect((await put(file.upload.puturl, 'bytes')).status).toBe(200);
    expect((await exchange(await service.readUrl(file))).text).toBe('bytes');
  });

  test.each(['', '/', 'folder/', '\n', 'x'.repeat(256), 'ü'.repeat(128), 5, null, ['a']])(
    '4.8 the name %j gets 400',
    async (filename) => {
      const { sharename } = await service.newShare();
      const { status, json } = await service.post(`/files/${sharename}/create`, { filename });
      expect(status).toBe(400);
      expect(json.error).toMatch(/filename/);
    },
  );

  test('1.3 needs the owner’s token', async () => {
    const { sharename } = await service.newShare();
    const path = `/files/${sharename}/create`;
    const body = { filename: 'a.txt' };
    expect((await exchange(service.url(path), { body: JSON.stringify(body) })).status).toBe(401);
    expect((await service.post(path, body, service.bob.accesstoken)).status).toBe(403);
    const unknown = await service.post('/files/zzzzzzz/create', body);
    expect(unknown.status).toBe(404);
    expect(unknown.json).toEqual({ error: 'share not found' });
  });
});

describe('4.9 files/{sharename}/{fileid}', () => {
  test('4.9 answers the file to everybody, without upload URLs', async () => {
    const { sharename } = await service.newShare();
    const file = await service.newFile(sharename);
    const { status, json } = await service.get(`/files/${sharename}/${file.fileid}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      fileid: '0',
      filename: 'plan.txt',
      sharename,
      readystate: 'remote',
    });
    expect(json).not.toHaveProperty('upload');
  });

  test('4.9 a destroyed file answers 200 with the state removed, its blob 404', async () => {
    const file = await service.uploaded('a.txt', 'x');
    const path = `/files/${file.sharename}/${file.fileid}`;
    const before = (await service.storage()).used;
    expect((await service.post(`${path}/destroy`)).json).toEqual({ success: true });
    expect((await service.post(`${path}/destroy`)).json).toEqual({ success: true });
    const { status, json } = await service.get(path);
    expect(status).toBe(200);
    expect(json.readystate).toBe('removed');
    expect((await service.storage()).used).toBe(before - 1);
    const blob = await exchange(service.blobUrl(file));
    expect(blob.status).toBe(404);
    expect(blob.json).toEqual({ error: 'file not found' });
  });

  test.each(['99', 'x', '00', '-1', '1e3', '0.0', '9'.repeat(40), '%20'])(
    '1.3 %j is an unknown file',
    async (fileid) => {
      const { sharename } = await service.newShare();
      await service.newFile(sharename);
      const { status, json } = await service.get(`/files/${sharename}/${fileid}`);
      expect(status).toBe(404);
      expect(json).toEqual({ error: 'file not found' });
    },
  );

  test('1.3 only the owner may destroy', async () => {
    const file = await service.uploaded('a.txt', 'x');
    const path = `/files/${file.sharename}/${file.fileid}/destroy`;
    expect((await service.post(path, '', service.bob.accesstoken)).status).toBe(403);
    expect((await exchange(service.url(path), { method: 'POST' })).status).toBe(401);
    expect((await service.file(file)).readystate).toBe('uploaded');
  });
});

describe('4.10 upload URLs', () => {
  test('4.10 the answer is the pair of URLs itself; earlier ones stay usable', async () => {
    const file = await service.uploaded('a.txt', 'first');
    const path = `/files/${file.sharename}/${file.fileid}/upload`;
    const { status, json } = await service.get(path, service.ada.accesstoken);
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['posturl', 'puturl']);
    await put(json.puturl, 'second!');
    expect((await service.file(file)).size).toBe(7);
    await put(file.upload.puturl, 'third');
    expect((await service.file(file)).size).toBe(5);
  });

  test('1.3 only the owner gets them', async () => {
    const file = await service.uploaded('a.txt', 'first');
    const path = `/files/${file.sharename}/${file.fileid}/upload`;
    expect((await service.get(path)).status).toBe(401);
    expect((await service.get(path, service.bob.accesstoken)).status).toBe(403);
  });
});
