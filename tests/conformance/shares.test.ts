import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GettShare } from '../../src/protocol/shapes.ts';
import { exchange, put, replyOf, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const list = (query: string, token = service.ada.accesstoken) =>
  service.get(`/shares${query}`, token);

describe('4.4 shares/create', () => {
  test('4.4 answers the share with an empty list of files', async () => {
    const { status, json } = await service.post('/shares/create', { title: ' Notes ' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      title: 'Notes',
      readystate: 'ready',
      userid: service.ada.user.userid,
      fullname: 'Ada',
      live: false,
      files: [],
    });
    expect(json.sharename).toMatch(/^[0-9A-Za-z]{5,8}$/);
    expect(json.getturl).toBe(`${service.server.origin}/${json.sharename}`);
  });

  test.each(['', '{}', 'null', '{"title":null}', '{"title":""}', '{"title":"  "}'])(
    '4.4 the body %j makes a share without a title',
    async (body) => {
      const { status, json } = await service.post('/shares/create', body);
      expect(status).toBe(200);
      expect(json).not.toHaveProperty('title');
    },
  );

  test('4.4 a title has at most 255 characters and is text', async () => {
    expect((await service.post('/shares/create', { title: 'ü'.repeat(255) })).status).toBe(200);
    for (const title of ['x'.repeat(256), 5, ['a'], {}]) {
      const { status, json } = await service.post('/shares/create', { title });
      expect(status).toBe(400);
      expect(json.error).toMatch(/title/);
    }
  });

  test('1.3 needs a token', async () => {
    const { status } = await exchange(service.url('/shares/create'), { body: '{}' });
    expect(status).toBe(401);
  });
});

describe('4.3 shares', () => {
  let titles: string[];
  const names = ({ json }: { json: GettShare[] }) => json.map(({ title }) => title);
  beforeAll(async () => {
    titles = ['one', 'two', 'three', 'four'];
    for (const title of titles) await service.newShare(title, service.bob.accesstoken);
  });
  const bobs = (query = '') => list(query, service.bob.accesstoken);

  test('4.3 lists all shares of the user, newest first, with their files', async () => {
    const reply = await bobs();
    expect(reply.status).toBe(200);
    expect(names(reply)).toEqual(titles.toReversed());
    expect(reply.json.every(({ files }: GettShare) => Array.isArray(files))).toBe(true);
  });

  test('4.3 skip leaves out the newest, limit bounds the number', async () => {
    expect(names(await bobs('?skip=1&limit=2'))).toEqual(['three', 'two']);
    expect(names(await bobs('?skip=3'))).toEqual(['one']);
    expect(names(await bobs('?skip=0&limit=1'))).toEqual(['four']);
    expect(names(await bobs('?limit=0'))).toEqual([]);
    expect(names(await bobs('?skip=99'))).toEqual([]);
  });

  test.each(['skip=-1', 'limit=-1', 'skip=x', 'limit=1.5', 'limit=', 'skip=1e3'])(
    '4.3 %s gets 400',
    async (query) => {
      const { status, json } = await bobs(`?${query}`);
      expect(status).toBe(400);
      expect(json.error).toMatch(/whole number/);
    },
  );

  test('4.3 destroyed shares are left out', async () => {
    const { sharename } = await service.newShare('gone', service.bob.accesstoken);
    await service.post(`/shares/${sharename}/destroy`, '', service.bob.accesstoken);
    expect(names(await bobs())).toEqual(titles.toReversed());
  });

  test('4.5 files nobody sent a byte of are listed to the owner', async () => {
    const { sharename } = await service.newShare();
    await service.newFile(sharename);
    const { json } = await list('?limit=1');
    expect(json[0]?.files).toHaveLength(1);
  });
});

describe('4.5 shares/{sharename}', () => {
  test('4.5 is open to everybody, files newest first', async () => {
    const { sharename } = await service.newShare('Open');
    for (const name of ['a.txt', 'b.txt', 'c.txt']) {
      await put((await service.newFile(sharename, name)).upload.puturl, name);
    }
    const { status, json } = await service.get(`/shares/${sharename}`);
    expect(status).toBe(200);
    expect(json.files.map(({ filename }: { filename: string }) => filename)).toEqual([
      'c.txt',
      'b.txt',
      'a.txt',
    ]);
    expect(json.files[0]).not.toHaveProperty('upload');
  });

  test('4.5 a remote file without a connected session is shown to its owner only', async () => {
    const { sharename } = await service.newShare();
    await service.newFile(sharename);
    const path = `/shares/${sharename}`;
    expect((await service.get(path)).json.files).toEqual([]);
    expect((await service.get(path, service.bob.accesstoken)).json.files).toEqual([]);
    expect((await service.get(path, 'nonsense')).json.files).toEqual([]);
    expect((await service.get(path, service.ada.accesstoken)).json.files).toHaveLength(1);
  });

  test('4.5 removed files are never listed', async () => {
    const file = await service.uploaded('a.txt', 'x');
    await service.post(`/files/${file.sharename}/${file.fileid}/destroy`);
    const { json } = await service.get(`/shares/${file.sharename}`, service.ada.accesstoken);
    expect(json.files).toEqual([]);
  });

  test.each(['zzzzzzz', 'x', 'create', '..%2f..', '%00', 'ä', 'a'.repeat(300)])(
    '1.2 %j is just an unknown share',
    async (name) => {
      const { status, json } = await service.get(
        `/shares/${encodeURI(name).replaceAll('%25', '%')}`,
      );
      expect(status).toBe(404);
      expect(json).toEqual({ error: 'share not found' });
    },
  );
});

describe('4.6 update', () => {
  test('4.6 changes the title and answers the whole share', async () => {
    const file = await service.uploaded('a.txt', 'x');
    const { status, json } = await service.post(`/shares/${file.sharename}/update`, {
      title: 'Plans',
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ title: 'Plans', files: [{ filename: 'a.txt' }] });
  });

  test.each(['{"title":null}', '{}', '', 'null'])(
    '4.6 the body %j removes the title',
    async (body) => {
      const { sharename } = await service.newShare('Notes');
      const { status, json } = await service.post(`/shares/${sharename}/update`, body);
      expect(status).toBe(200);
      expect(json).not.toHaveProperty('title');
    },
  );

  test('4.6 a bad title leaves the old one', async () => {
    const { sharename } = await service.newShare('Notes');
    const { status } = await service.post(`/shares/${sharename}/update`, {
      title: 'x'.repeat(256),
    });
    expect(status).toBe(400);
    expect((await service.get(`/shares/${sharename}`)).json.title).toBe('Notes');
  });

  test('1.3 is refused with 401 without a token, 403 to others, 404 for unknown shares', async () => {
    const { sharename } = await service.newShare('Mine');
    const path = `/shares/${sharename}/update`;
    expect((await exchange(service.url(path), { body: '{}' })).status).toBe(401);
    const foreign = await service.post(path, { title: 'x' }, service.bob.accesstoken);
    expect(foreign.status).toBe(403);
    expect(foreign.json).toEqual({ error: 'access denied' });
    expect((await service.post('/shares/zzzzzzz/update', {})).status).toBe(404);
    expect((await service.get(`/shares/${sharename}`)).json.title).toBe('Mine');
  });
});

describe('4.7 destroy', () => {
  test('4.7 removes the share, its files and the bytes, and gives the storage back', async () => {
    const before = (await service.storage()).used;
    const file = await service.uploaded('a.txt', 'twelve bytes');
    const url = await service.readUrl(file);
    expect((await service.storage()).used).toBe(before + 12);

    const { status, json } = await service.post(`/shares/${file.sharename}/destroy`);
    expect(status).toBe(200);
    expect(json).toEqual({ success: true });
    expect((await service.storage()).used).toBe(before);
    expect((await service.get(`/shares/${file.sharename}`)).json).toMatchObject({
      readystate: 'removed',
      files: [],
    });
    expect((await service.file(file)).readystate).toBe('removed');
    expect((await exchange(service.blobUrl(file))).status).toBe(404);
    expect((await exchange(url)).status).toBe(404);
    expect((await put(file.upload.puturl, 'again')).status).toBe(404);
  });

  test('4.7 a share that is destroyed cannot be changed any more', async () => {
    const { sharename } = await service.newShare('gone');
    await service.post(`/shares/${sharename}/destroy`);
    expect((await service.post(`/shares/${sharename}/update`, { title: 'x' })).status).toBe(404);
    const created = await service.post(`/files/${sharename}/create`, { filename: 'a.txt' });
    expect(created.status).toBe(404);
  });

  test('4.7 a file whose request was under way is not created in a destroyed share', async () => {
    const { sharename } = await service.newShare();
    const url = service.url(`/files/${sharename}/create`, service.ada.accesstoken);
    const sent = request(url, { method: 'POST', agent: false });
    sent.flushHeaders();
    // The server has looked the share up by the time it has answered later requests.
    await service.get(`/shares/${sharename}`);
    await service.post(`/shares/${sharename}/destroy`);
    sent.end(JSON.stringify({ filename: 'plan.txt' }));
    expect(await replyOf(sent)).toMatchObject({ status: 404, json: { error: 'share not found' } });
    expect((await service.get(`/files/${sharename}/0`)).status).toBe(404);
  });

  test('1.3 only the owner may destroy', async () => {
    const { sharename } = await service.newShare();
    const { status } = await service.post(
      `/shares/${sharename}/destroy`,
      '',
      service.bob.accesstoken,
    );
    expect(status).toBe(403);
    expect((await service.get(`/shares/${sharename}`)).json.readystate).toBe('ready');
  });
});
