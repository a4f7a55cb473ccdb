import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announce, announceFile, hold, refOf } from './live-support.ts';
import { exchange, type NewFile, openGet, openPut, put, replyOf, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const remove = ({ sharename, fileid }: NewFile, reason = 'It is not yours.') =>
  service.server.cli(['file', 'remove', sharename, fileid, '--reason', reason]);

describe('6.4 violatedterms', () => {
  test('6.4 is sent with the reason when the command line removes a file', async () => {
    const { client, file } = await announce(service);
    await put(file.upload.puturl, 'stolen');
    expect(await client.message()).toMatchObject({ type: 'filestat' });
    const { used } = await service.storage();
    const { code, stdout } = await remove(file);
    expect([code, stdout]).toEqual([0, 'removed "film.mkv"\n']);
    expect(await client.message()).toEqual({
      type: 'violatedterms',
      ...refOf(file),
      reason: 'It is not yours.',
    });
    expect((await service.file(file)).readystate).toBe('violatedterms');
    expect((await service.storage()).used).toBe(used - 6);
    expect((await exchange(service.blobUrl(file))).status).toBe(404);
    expect((await put(file.upload.puturl, 'again')).status).toBe(404);
    await client.close();
  });

  test('6.4 downloads that are running are cut off', async () => {
    const { client, session, file } = await announce(service);
    await put(file.upload.puturl, randomBytes(64 * 1024 * 1024));
    const whole = await openGet(await service.readUrl(file));
    const zip = await openGet(service.url(`/shares/${file.sharename}/zip`));
    const other = await announceFile(service, file.sharename, 'fine.txt', session);
    await put(other.upload.puturl, 'fine');
    await remove(file);
    // Until then nobody reads, who might come to the end.
    await expect.poll(() => client.texts.at(-1)).toContain('"violatedterms"');
    await expect(text(whole)).rejects.toThrow('aborted');
    await expect(text(zip)).rejects.toThrow('aborted');
    expect((await exchange(await service.readUrl(other))).text).toBe('fine');
    await client.close();
  });

  test('6.4 an upload that is running ends with 404, and its readers are cut off', async () => {
    const { client, file } = await announce(service);
    const upload = openPut(file.upload.puturl, 10);
    upload.write('01234');
    await service.untilState(file, 'uploading');
    const reader = await openGet(await service.readUrl(file));
    const reply = replyOf(upload);
    await remove(file);
    await expect(text(reader)).rejects.toThrow('aborted');
    expect((await reply).status).toBe(404);
    expect((await service.file(file)).readystate).toBe('violatedterms');
    await client.close();
  });

  test('6.4 visitors who wait for the file get 404', async () => {
    const announced = await announce(service);
    const { client, file } = announced;
    const { visitor } = await hold(service, announced, exchange);
    await remove(file);
    expect((await visitor).status).toBe(404);
    await client.close();
  });

  test('6.4 a removal while the server is down holds after the next start', async () => {
    const file = await service.uploaded('a.txt', 'stolen');
    await service.server.kill();
    await remove(file);
    await service.server.restart();
    expect((await service.file(file)).readystate).toBe('violatedterms');
    expect((await exchange(service.blobUrl(file))).status).toBe(404);
  });

  test('a file that is not there is a complaint that says where to look', async () => {
    const file = await service.uploaded('a.txt', 'fine');
    for (const wrong of [
      { ...file, fileid: '7' },
      { ...file, sharename: 'zzzzzzz' },
    ]) {
      const { code, stderr } = await remove(wrong);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^gett-server: There is no file .* link.*\n$/);
    }
    await remove(file);
    expect((await remove(file)).code).toBe(1);
  });
});
