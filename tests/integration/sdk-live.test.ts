import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GettClient, LiveWebSocket, UploadQueue } from '../../src/sdk/node.ts';
import { startServer, type TestServer } from '../support/server.ts';

const account = { email: 'ada@example.org', password: 'difference engine' };

describe('the Live API when the server is killed and comes back', () => {
  let server: TestServer;
  let gett: GettClient;
  beforeEach(async () => {
    server = await startServer();
    await server.addUser({ ...account, name: 'Ada' });
    gett = new GettClient({ baseUrl: server.baseUrl, WebSocket: LiveWebSocket });
    await gett.signIn(account);
  });
  afterEach(() => server.stop());

  it('is connected again with the same session, and its files are live again', async () => {
    const live = await gett.live.connect();
    const share = await gett.shares.create();
    const file = await share.createFile({ filename: 'plan.txt', session: live.session });
    await server.kill();
    await expect.poll(() => live.connected).toBe(false);
    await server.restart();
    await expect.poll(() => live.connected).toBe(true);
    await expect.poll(async () => (await file.refresh()).live).toBe(true);

    const visitor = new GettClient({ baseUrl: server.baseUrl });
    const visible = (await visitor.shares.get(share.sharename)).files;
    expect(visible.map(({ filename }) => filename)).toEqual(['plan.txt']);
    live.close();
  });

  it('loses no file of a queue: each ends stored, with its own bytes', async () => {
    const live = await gett.live.connect();
    const queue = new UploadQueue(gett, { live, upload: { retries: 10 } });
    const contents = Array.from({ length: 6 }, () => randomBytes(4_000_000));
    const sources = contents.map((bytes, i) => new File([bytes], `${i}.bin`));
    const killed = (async () => {
      for await (const event of queue) {
        if (event.type === 'change' && event.item.sent > 1_000_000) break;
      }
      await server.kill();
      await server.restart();
    })();
    const items = await queue.add(await gett.shares.create(), sources);
    await killed;
    await queue.idle();
    expect(items.map(({ state }) => state)).toEqual(items.map(() => ({ type: 'sent' })));
    for (const [i, { file }] of items.entries()) {
      const stored = Buffer.from(await (await file.contents({ noinc: true })).arrayBuffer());
      expect(stored.equals(contents[i] ?? Buffer.of())).toBe(true);
    }
    expect(queue.progress).toMatchObject({ files: 6, done: 6, sent: 24_000_000 });
    queue.close();
    live.close();
  });
});
