import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, put, type Reply, Service } from './support.ts';

const DAY = 86_400;
const [HOURLY, MOST] = [10, 5_000];

let service: Service;
beforeAll(async () => {
  const limits = ['--anonymous-size', String(MOST), '--anonymous-files', String(HOURLY)];
  service = await Service.start({
    args: ['--anonymous', ...limits, '--anonymous-days', '3', '--behind-proxy'],
  });
});
afterAll(() => service.stop());

/** Somebody at an address; each test has one of its own. */
function visitorAt(address: string) {
  const headers = { 'x-forwarded-for': `203.0.113.99, ${address}` };
  const post = (path: string, body: unknown, token?: string): Promise<Reply> =>
    exchange(service.url(path, token), { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    post,
    signIn: () => post('/users/login', { anonymous: true }),
    async token(): Promise<string> {
      return (await post('/users/login', { anonymous: true })).json.accesstoken;
    },
  };
}

test('everybody can ask what is allowed without an account', async () => {
  const { status, json } = await service.get('/users/anonymous');
  expect(status).toBe(200);
  expect(json).toEqual({
    allowed: true,
    maxsize: MOST,
    filesperhour: HOURLY,
    lifetime: 3 * DAY,
  });
});

test('a sign-in without an account answers as every other, with a user who has no address', async () => {
  const { status, json } = await visitorAt('198.51.100.1').signIn();
  expect(status).toBe(200);
  expect(json).toMatchObject({
    accesstoken: expect.stringMatching(/^a\./),
    refreshtoken: expect.stringMatching(/^r\./),
    user: { email: '', fullname: '', type: 'anon', storage: { limit: MOST, free: MOST } },
  });
  const again = await visitorAt('198.51.100.1').post('/users/login', {
    refreshtoken: json.refreshtoken,
  });
  expect(again.json.user.userid).toBe(json.user.userid);
});

test('a share made without an account says when it is removed, and belongs to that sign-in alone', async () => {
  const visitor = visitorAt('198.51.100.2');
  const token = await visitor.token();
  const share = (await visitor.post('/shares/create', { title: 'Tour' }, token)).json;
  expect(share.expires).toBe(share.created + 3 * DAY);
  const file = (await visitor.post(`/files/${share.sharename}/create`, { filename: 'a' }, token))
    .json;
  expect((await put(file.upload.puturl, 'bytes')).status).toBe(200);
  expect((await exchange(await service.readUrl(file))).text).toBe('bytes');

  const other = await visitor.token();
  expect((await visitor.post(`/shares/${share.sharename}/destroy`, {}, other)).status).toBe(403);
  expect((await service.get('/shares', other)).json).toEqual([]);
  expect((await visitor.post(`/shares/${share.sharename}/destroy`, {}, token)).status).toBe(200);
});

test('a share made with an account stays', async () => {
  expect(await service.newShare()).not.toHaveProperty('expires');
});

test('nobody signs in with a password as somebody without an account', async () => {
  const { json } = await visitorAt('198.51.100.3').signIn();
  for (const password of ['', 'x']) {
    const email = `${json.user.userid}@anonymous.invalid`;
    const reply = await visitorAt('198.51.100.3').post('/users/login', { email, password });
    expect(reply.status).toBe(401);
  }
});

describe('what is too large', () => {
  test('is refused when it is announced, with the number and the remedy', async () => {
    const visitor = visitorAt('198.51.100.4');
    const token = await visitor.token();
    const { sharename } = (await visitor.post('/shares/create', {}, token)).json;
    const announce = (size: number) =>
      visitor.post(`/files/${sharename}/create`, { filename: 'film.bin', size }, token);
    const { status, json } = await announce(MOST + 1);
    expect(status).toBe(413);
    expect(json.error).toBe(
      `without an account a share may have ${MOST} bytes at most; sign in for more`,
    );
    expect((await announce(MOST)).status).toBe(200);
  });

  test('is refused when it comes unannounced, whatever the files are together', async () => {
    const visitor = visitorAt('198.51.100.5');
    const token = await visitor.token();
    const { sharename } = (await visitor.post('/shares/create', {}, token)).json;
    const send = async (size: number) => {
      const file = await visitor.post(`/files/${sharename}/create`, { filename: 'a' }, token);
      return (await put(file.json.upload.puturl, Buffer.alloc(size))).status;
    };
    expect(await send(MOST - 1000)).toBe(200);
    expect(await send(1001)).toBe(413);
    expect(await send(1000)).toBe(200);
  });
});

describe('what is too much for an hour', () => {
  test('is refused by address, with the time to wait and the remedy', async () => {
    const visitor = visitorAt('198.51.100.6');
    const token = await visitor.token();
    const { sharename } = (await visitor.post('/shares/create', {}, token)).json;
    const announce = (from: typeof visitor, count: number, who: string, where: string) =>
      from.post(
        `/files/${where}/create`,
        Array.from({ length: count }, (_, i) => ({ filename: `${i}.txt` })),
        who,
      );
    expect((await announce(visitor, HOURLY, token, sharename)).status).toBe(200);
    const { status, json, headers } = await announce(visitor, 5, token, sharename);
    expect(status).toBe(429);
    expect(json.error).toBe(
      `without an account ${HOURLY} files an hour may be shared; sign in, or try again in 30 minutes`,
    );
    expect(Number(headers['retry-after'])).toBeGreaterThan(1700);

    const neighbour = visitorAt('198.51.100.7');
    const theirs = await neighbour.token();
    const share = (await neighbour.post('/shares/create', {}, theirs)).json;
    expect((await announce(neighbour, 5, theirs, share.sharename)).status).toBe(200);
    const tooMany = await announce(neighbour, HOURLY + 1, theirs, share.sharename);
    expect(tooMany.status).toBe(413);
    expect(tooMany.json.error).toMatch(/10 files an hour.*sign in for more/);
  });

  test('holds for sign-ins and for shares too, and not for people with an account', async () => {
    const visitor = visitorAt('198.51.100.8');
    for (let i = 0; i < HOURLY; i++) expect((await visitor.signIn()).status).toBe(200);
    expect((await visitor.signIn()).status).toBe(429);

    const other = visitorAt('2001:db8::1');
    const token = await other.token();
    for (let i = 0; i < HOURLY; i++) {
      expect((await other.post('/shares/create', {}, token)).status).toBe(200);
    }
    // Another address of the same network of IPv6.
    const neighbour = visitorAt('2001:db8:0:0:ffff::2');
    expect((await neighbour.post('/shares/create', {}, token)).status).toBe(429);
    for (let i = 0; i <= HOURLY; i++) await service.newShare();
    expect((await service.post('/shares/create')).status).toBe(200);
  });
});

test('a server that does not allow it says so, and who signed in before can make no more', async () => {
  const visitor = visitorAt('198.51.100.9');
  const token = await visitor.token();
  const closed = await Service.start();
  try {
    const { json } = await closed.get('/users/anonymous');
    expect(json).toEqual({ allowed: false });
    const reply = await closed.post('/users/login', { anonymous: true });
    expect(reply.status).toBe(403);
    expect(reply.json.error).toBe(
      'sharing without an account is not allowed on this server; sign in',
    );
  } finally {
    await closed.stop();
  }
  expect(token).toMatch(/^a\./);
});
