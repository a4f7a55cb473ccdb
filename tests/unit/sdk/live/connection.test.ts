import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GettClient, type LiveEvent, memoryTokenStore } from '../../../../src/sdk/index.ts';
import { LiveWebSocket } from '../../../../src/sdk/node.ts';
import { answer, type FaultServer, faultServer, type Step } from '../../../support/fault-server.ts';
import {
  cutLive,
  type LiveServer,
  type LiveStep,
  liveServer,
  refuseLive,
} from '../../../support/live-server.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const user = { userid: 'u1', storage: { used: 0, limit: 1 } };
const file = { sharename: '4Xq81Rb', fileid: '0', filename: 'plan.txt' };

describe('a Live connection', () => {
  let clock: ManualClock;
  let live: LiveServer;
  let api: FaultServer;

  beforeEach(() => {
    clock = new ManualClock();
  });
  afterEach(async () => {
    await live.stop();
    await api.stop();
  });

  const start = async (
    script: LiveStep[] = [],
    answers: [Step, ...Step[]] = [answer(200, user)],
  ): Promise<GettClient> => {
    live = await liveServer(...script);
    api = await faultServer(...answers);
    return new GettClient({
      baseUrl: `${api.origin}/1`,
      liveUrl: live.url,
      WebSocket: LiveWebSocket,
      clock,
      locks: null,
      tokens: memoryTokenStore({
        accessToken: 'a.app.u1.1.token',
        refreshToken: 'r.app.u1.0.0.secret',
        expiresAt: clock.now() + 86_400_000,
      }),
    });
  };
  const tell = (message: object | string) =>
    live.socket().send(typeof message === 'string' ? message : JSON.stringify(message));

  it('introduces itself with token and a session that nobody can guess', async () => {
    const gett = await start();
    const first = await gett.live.connect();
    const second = await gett.live.connect();
    await expect.poll(() => live.heard.flat().length).toBe(2);
    expect(JSON.parse(live.heard[0]?.[0] ?? '')).toEqual({
      type: 'connect',
      accesstoken: 'a.app.u1.1.token',
      session: first.session,
    });
    expect(first.session).toMatch(/^[0-9a-f]{32}$/);
    expect(second.session).not.toBe(first.session);
    first.close();
    second.close();
  });

  it('hands each message to the listeners of its type and, in order, to an iteration', async () => {
    const connection = await (await start()).live.connect();
    const wanted: string[] = [];
    const stop = connection.on('download', ({ filename, increment }) =>
      wanted.push(`${filename} ${increment}`),
    );
    const seen: LiveEvent[] = [];
    const reading = (async () => {
      for await (const event of connection) {
        seen.push(event);
        if (seen.length === 3) break;
      }
    })();
    tell({ type: 'download', ...file });
    tell({ type: 'filestat', size: 12, ...file });
    tell({ type: 'violatedterms', reason: 'spam', ...file });
    await reading;
    expect(seen.map(({ type }) => type)).toEqual(['download', 'filestat', 'violatedterms']);
    stop();
    tell({ type: 'download', ...file });
    tell({ type: 'storagelimit', ...file });
    await new Promise<void>((resolve) => connection.on('storagelimit', () => resolve()));
    expect(wanted).toEqual(['plan.txt true']);
    connection.close();
  });

  it('passes over what it does not understand', async () => {
    const connection = await (await start()).live.connect();
    const next = connection[Symbol.asyncIterator]().next();
    tell('{ not JSON');
    tell({ type: 'confetti', ...file });
    tell({ type: 'filestat', ...file });
    tell({ type: 'storagelimit', ...file });
    expect((await next).value).toMatchObject({ type: 'storagelimit' });
    connection.close();
  });

  it('comes back with the same session after 1, 2, 4 and at most 60 seconds', async () => {
    const gett = await start([cutLive]);
    const connection = await gett.live.connect({ session: 'k3v9x2m7' });
    const pauses: number[] = [];
    connection.on('disconnected', ({ retryIn }) => pauses.push(retryIn));
    for (let lost = 1; lost <= 8; lost++) {
      await expect.poll(() => pauses.length).toBe(lost);
      expect(connection.connected).toBe(false);
      clock.advance(pauses.at(-1) ?? 0);
    }
    await expect.poll(() => live.heard.length).toBe(9);
    expect(pauses.slice(0, 8)).toEqual(
      [1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000),
    );
    for (const [hello] of live.heard.slice(0, 8)) {
      expect(JSON.parse(hello ?? '')).toMatchObject({ session: 'k3v9x2m7' });
    }
    connection.close();
  });

  it('begins with a short pause again after a connection that lasted', async () => {
    const gett = await start([cutLive, cutLive, () => undefined]);
    const connection = await gett.live.connect();
    const pauses: number[] = [];
    connection.on('disconnected', ({ retryIn }) => pauses.push(retryIn));
    for (let lost = 1; lost <= 2; lost++) {
      await expect.poll(() => pauses.length).toBe(lost);
      clock.advance(pauses.at(-1) ?? 0);
    }
    await expect.poll(() => connection.connected).toBe(true);
    clock.advance(60_000);
    live.socket().terminate();
    await expect.poll(() => pauses).toEqual([1_000, 2_000, 1_000]);
    connection.close();
  });

  it('answers a ping at once and sends its own', async () => {
    const connection = await (await start()).live.connect();
    tell('ping');
    await expect.poll(() => live.heard[0]).toContain('pong');
    await expect.poll(() => clock.pauses).toContain(30_000);
    clock.advance(60_000);
    await expect.poll(() => live.heard[0]).toContain('ping');
    connection.close();
  });

  it('takes a server that is silent for 150 seconds for gone, and one that speaks for alive', async () => {
    const connection = await (await start()).live.connect();
    const lost = vi.fn<() => void>();
    connection.on('disconnected', lost);
    const pass = async (milliseconds: number) => {
      clock.advance(milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
    };
    await pass(60_000);
    await pass(60_000);
    const heard = new Promise<void>((resolve) => {
      connection.on('storagelimit', () => resolve());
    });
    tell({ type: 'storagelimit', ...file });
    await heard;
    await pass(60_000);
    await pass(60_000);
    await pass(29_999);
    expect(lost).not.toHaveBeenCalled();
    await pass(1);
    await expect.poll(() => lost).toHaveBeenCalledTimes(1);
    connection.close();
  });

  it('ends cleanly: the socket closes, iterations end, nothing comes back', async () => {
    const connection = await (await start()).live.connect();
    const iteration = connection[Symbol.asyncIterator]().next();
    const gone = new Promise((resolve) => live.socket().on('close', resolve));
    connection.close();
    await connection.closed;
    await gone;
    expect(await iteration).toEqual({ done: true, value: undefined });
    clock.advance(600_000);
    expect(live.heard.length).toBe(1);
  });

  it('ends with the reason of the signal, before and after it stands', async () => {
    const gett = await start();
    const controller = new AbortController();
    const reason = new Error('enough');
    const connection = await gett.live.connect({ signal: controller.signal });
    controller.abort(reason);
    await expect(connection.closed).rejects.toBe(reason);
    await expect(connection[Symbol.asyncIterator]().next()).rejects.toBe(reason);
    await expect(gett.live.connect({ signal: controller.signal })).rejects.toBe(reason);
    expect(live.heard.length).toBe(1);
  });

  it('gets a new token when the server does not accept the one it has', async () => {
    const login = {
      accesstoken: 'a.app.u1.2.fresh',
      refreshtoken: 'r.app.u1.0.0.next',
      expires: 86_400,
      user,
    };
    const gett = await start(
      [refuseLive, () => undefined],
      [answer(401, { error: 'x' }), answer(200, login), answer(200, user)],
    );
    const connection = await gett.live.connect();
    await new Promise<void>((resolve) => connection.on('disconnected', () => resolve()));
    clock.advance(1_000);
    await expect.poll(() => live.heard[1]?.[0]).toContain('a.app.u1.2.fresh');
    connection.close();
  });

  it('ends when the account’s tokens were revoked, and when the session is refused twice', async () => {
    const revoked = await start([refuseLive], [answer(401, { error: 'x' })]);
    const first = await revoked.live.connect();
    await expect(first.closed).rejects.toMatchObject({ code: 'unauthorized' });
    await live.stop();
    await api.stop();

    const second = await (await start([refuseLive])).live.connect();
    second.on('disconnected', ({ retryIn }) =>
      setImmediate(() => {
        clock.advance(retryIn);
      }),
    );
    await expect(second.closed).rejects.toMatchObject({ code: 'access-denied' });
  });

  it('needs somebody who is signed in', async () => {
    await start();
    const nobody = new GettClient({ baseUrl: `${api.origin}/1`, WebSocket: LiveWebSocket });
    await expect(nobody.live.connect()).rejects.toMatchObject({ code: 'not-signed-in' });
  });
});
