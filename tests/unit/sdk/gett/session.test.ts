import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { GettClient, memoryTokenStore, type Tokens } from '../../../../src/sdk/index.ts';
import {
  answer,
  cut,
  type FaultServer,
  faultServer,
  type Step,
} from '../../../support/fault-server.ts';

const HOUR = 3_600_000;
const user = {
  userid: 'u7Kq-x2',
  fullname: 'Ada',
  email: 'ada@example.org',
  files: 0,
  downloads: 0,
  storage: { used: 0, limit: 2_000_000_000, extra: 0 },
};
const login = {
  accesstoken: 'a.new.u.1.sig',
  refreshtoken: 'r.demo.u.0.0.sig',
  expires: 86_400,
  user,
};
const tokens = (left: number): Tokens => ({
  accessToken: 'a.old.u.1.secret',
  refreshToken: 'r.demo.u.0.0.secret',
  expiresAt: Date.now() + left,
});

/** Answers sign-ins with new tokens and everything else with the user. */
const service: Step = (request, response) =>
  answer(200, request.url?.startsWith('/1/users/login') ? login : user)(request, response);

describe('tokens', () => {
  let server: FaultServer;
  afterEach(() => server.stop());

  const client = async (left: number, ...script: [Step, ...Step[]]) => {
    server = await faultServer(...script);
    const store = memoryTokenStore(tokens(left));
    return { store, gett: new GettClient({ baseUrl: `${server.origin}/1`, tokens: store }) };
  };
  const paths = () => server.requests.map(({ url }) => url.split('?')[0]);

  it('are left alone while more than an hour remains', async () => {
    const { gett } = await client(2 * HOUR, service);
    await gett.me();
    expect(paths()).toEqual(['/1/users/me']);
    expect(server.requests[0]?.url).toContain('accesstoken=a.old.u.1.secret');
  });

  it('are renewed one hour early, once for all callers', async () => {
    const { gett, store } = await client(HOUR / 2, service);
    await Promise.all(Array.from({ length: 10 }, () => gett.me()));
    expect(paths().filter((path) => path === '/1/users/login').length).toBe(1);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      refreshtoken: 'r.demo.u.0.0.secret',
    });
    expect((await store.get())?.expiresAt).toBeGreaterThan(Date.now() + 23 * HOUR);
  });

  it('are renewed after a 401, and the call is repeated once', async () => {
    const { gett } = await client(
      2 * HOUR,
      answer(401, { error: 'accesstoken is invalid' }),
      service,
    );
    expect((await gett.me()).email).toBe('ada@example.org');
    expect(paths()).toEqual(['/1/users/me', '/1/users/login', '/1/users/me']);
    expect(server.requests[2]?.url).toContain('accesstoken=a.new.u.1.sig');
  });

  it('are renewed once when ten callers meet a 401 together', async () => {
    const refuseOld: Step = (request, response) =>
      request.url?.includes('a.old')
        ? answer(401, { error: 'accesstoken is invalid' })(request, response)
        : service(request, response);
    const { gett } = await client(2 * HOUR, refuseOld);
    await Promise.all(Array.from({ length: 10 }, () => gett.me()));
    expect(paths().filter((path) => path === '/1/users/login').length).toBe(1);
  });

  it('are taken from the store when another context has renewed them meanwhile', async () => {
    const { gett, store } = await client(
      2 * HOUR,
      answer(401, { error: 'accesstoken is invalid' }),
      service,
    );
    const newer = { ...tokens(20 * HOUR), accessToken: 'a.other.u.1.sig' };
    const get = store.get.bind(store);
    let reads = 0;
    store.get = async () => (++reads === 1 ? get() : newer);
    await gett.me();
    expect(paths()).toEqual(['/1/users/me', '/1/users/me']);
  });

  it('are forgotten when the refresh token is no longer accepted', async () => {
    const { gett, store } = await client(
      2 * HOUR,
      answer(401, { error: 'accesstoken is invalid' }),
    );
    await expect(gett.me()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(await store.get()).toBeUndefined();
    await expect(gett.me()).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('survive a server that is down, and still serve while they are valid', async () => {
    const down: Step = (request, response) =>
      request.url?.startsWith('/1/users/login')
        ? answer(500, 'down')(request, response)
        : service(request, response);
    const { gett, store } = await client(HOUR / 2, down);
    expect((await gett.me()).id).toBe('u7Kq-x2');
    expect((await store.get())?.refreshToken).toBe('r.demo.u.0.0.secret');
  });

  it('stay forgotten when the user signs out during a renewal', async () => {
    const { gett, store } = await client(-HOUR, async (request, response) => {
      await gett.signOut();
      await service(request, response);
    });
    await expect(gett.me()).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(await store.get()).toBeUndefined();
  });

  it('are renewed by one of two contexts that share a store and a lock', async () => {
    const { store } = await client(-HOUR, service);
    let queue: Promise<unknown> = Promise.resolve();
    const locks = {
      request<T>(_name: string, body: () => Promise<T>): Promise<T> {
        const next = queue.then(body);
        queue = next.catch(() => undefined);
        return next;
      },
    };
    const contexts = [1, 2].map(
      () => new GettClient({ baseUrl: `${server.origin}/1`, tokens: store, locks }),
    );
    await Promise.all(contexts.map((gett) => gett.me()));
    expect(paths().filter((path) => path === '/1/users/login').length).toBe(1);
  });

  it('that live less than an hour are not renewed with every call', async () => {
    const brief = { ...login, expires: 600 };
    const { gett } = await client(-HOUR, (request, response) =>
      answer(200, request.url?.startsWith('/1/users/login') ? brief : user)(request, response),
    );
    await gett.me();
    await gett.me();
    expect(paths()).toEqual(['/1/users/login', '/1/users/me', '/1/users/me']);
  });

  it('of one caller who gives up are renewed for the others all the same', async () => {
    const { gett } = await client(-HOUR, service);
    const controller = new AbortController();
    const reason = new Error('enough');
    const impatient = gett.me({ signal: controller.signal });
    const patient = gett.me();
    controller.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    expect((await patient).id).toBe('u7Kq-x2');
  });

  it('never show in an error', async () => {
    const { gett } = await client(2 * HOUR, answer(403, { error: 'access denied' }), cut());
    const error = await gett.me().catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'access-denied', status: 403, endpoint: 'GET /users/me' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/secret|accesstoken/);
    const lost = await gett.me().catch((e: unknown) => e);
    expect(lost).toMatchObject({ code: 'network', retryable: true });
    expect(inspect(lost, { depth: 9, showHidden: true })).not.toMatch(/secret|accesstoken/);
  });
});
