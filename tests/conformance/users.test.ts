import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, Service } from './support.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const login = (body: unknown) =>
  exchange(service.url('/users/login'), { body: JSON.stringify(body) });

describe('4.1 login', () => {
  test('4.1 email and password answer both tokens, the life in seconds and the user', async () => {
    const { status, json } = await login({
      apikey: 'demo',
      email: 'ada@example.org',
      password: 'lovelace',
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      accesstoken: expect.stringMatching(/^a\./),
      refreshtoken: expect.stringMatching(/^r\./),
      expires: 86_400,
      user: {
        fullname: 'Ada',
        email: 'ada@example.org',
        files: 0,
        downloads: 0,
        storage: { used: 0, limit: 2_000_000_000, extra: 0, free: 2_000_000_000 },
      },
    });
  });

  test('4.1 a refresh token answers the same complete shape and stays as it is', async () => {
    const { status, json } = await login({ refreshtoken: service.ada.refreshtoken });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      accesstoken: expect.stringMatching(/^a\./),
      refreshtoken: service.ada.refreshtoken,
      expires: 86_400,
      user: { email: 'ada@example.org' },
    });
  });

  test('4.1 the API key may be missing, unknown, or spelled apiKey', async () => {
    const credentials = { email: 'ada@example.org', password: 'lovelace' };
    for (const extra of [{}, { apikey: 'unknown' }, { apikey: 7 }, { apiKey: 'demo' }]) {
      expect((await login({ ...credentials, ...extra })).status).toBe(200);
    }
  });

  test('4.1 the address is found whatever its case', async () => {
    const { status } = await login({ email: ' Ada@Example.ORG', password: 'lovelace' });
    expect(status).toBe(200);
  });

  test('1.3 a wrong password and an unknown address get the same 401', async () => {
    const wrong = await login({ email: 'ada@example.org', password: 'babbage1' });
    const unknown = await login({ email: 'eve@example.org', password: 'babbage1' });
    expect(wrong.status).toBe(401);
    expect(wrong.json).toEqual({ error: 'Wrong email or password' });
    expect(unknown.status).toBe(401);
    expect(unknown.json).toEqual(wrong.json);
  });

  test('4.1 missing fields get 400, wrong refresh tokens 401', async () => {
    for (const body of [{}, { email: 'ada@example.org' }, { password: 'lovelace' }, { email: 5 }]) {
      const { status, json } = await login(body);
      expect(status).toBe(400);
      expect(json.error).toBeTypeOf('string');
    }
    for (const refreshtoken of [
      '',
      'nonsense',
      service.ada.accesstoken,
      `${service.ada.refreshtoken}0`,
    ]) {
      expect((await login({ refreshtoken })).status).toBe(401);
    }
  });

  test('guessing is answered with 429 and Retry-After, and does not lock others out', async () => {
    const guess = () => login({ email: 'bob@example.org', password: 'guess-guess' });
    const replies = await Promise.all(Array.from({ length: 21 }, guess));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(20);
    const [refused] = replies.filter(({ status }) => status === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused?.json.error).toMatch(/try again in \d+ seconds/);
    expect((await login({ email: 'ada@example.org', password: 'lovelace' })).status).toBe(200);
  });
});

describe('2 tokens', () => {
  test('2 an access token is five fields: kind, application, user, expiry, signature', () => {
    const { accesstoken, refreshtoken, user } = service.ada;
    const seconds = Math.floor(Date.now() / 1000);
    const [kind, app, userid, expires, signature, ...rest] = accesstoken.split('.');
    expect([kind, userid, rest]).toEqual(['a', user.userid, []]);
    expect(app).toMatch(/^.+$/);
    expect(Number(expires)).toBeGreaterThan(seconds + 86_300);
    expect(Number(expires)).toBeLessThanOrEqual(seconds + 86_400);
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(refreshtoken).toMatch(/^r\.[^.]+\.[\w-]+\.0\.0\.[0-9a-f]{64}$/);
    expect(userid).toMatch(/^[\w-]+$/);
  });

  test('2 a token that was changed in any field is worth nothing', async () => {
    const fields = service.ada.accesstoken.split('.');
    const forged = [
      fields.with(1, '1'),
      fields.with(2, service.bob.user.userid),
      fields.with(3, String(Number(fields[3]) + 1)),
      fields.with(4, '0'.repeat(64)),
      fields.slice(0, 4),
    ].map((parts) => parts.join('.'));
    for (const token of [...forged, '', 'x', 'a....', service.ada.refreshtoken]) {
      const { status, json } = await service.get('/users/me', token);
      expect(status).toBe(401);
      expect(json).toEqual({ error: 'accesstoken is invalid' });
    }
  });

  test('1.1 a bearer header works as well as the query', async () => {
    const { status, json } = await exchange(service.url('/users/me'), {
      headers: { authorization: `Bearer ${service.ada.accesstoken}` },
    });
    expect(status).toBe(200);
    expect(json.email).toBe('ada@example.org');
  });

  test('2 a new password ends all earlier tokens', async () => {
    const { server } = service;
    await server.addUser({ email: 'eve@example.org', password: 'first-word', name: 'Eve' });
    const before = (await login({ email: 'eve@example.org', password: 'first-word' })).json;
    const args = ['user', 'passwd', 'eve@example.org', '--password-stdin'];
    expect((await server.cli(args, { input: 'second-word\n' })).code).toBe(0);

    expect((await service.get('/users/me', before.accesstoken)).status).toBe(401);
    expect((await login({ refreshtoken: before.refreshtoken })).status).toBe(401);
    expect((await login({ email: 'eve@example.org', password: 'first-word' })).status).toBe(401);
    expect((await login({ email: 'eve@example.org', password: 'second-word' })).status).toBe(200);
  });

  test('revoking an app ends the tokens made with its key', async () => {
    const { stdout } = await service.server.cli(['app', 'add', 'demo']);
    const [, id = ''] = /^id (\d+)$/m.exec(stdout) ?? [];
    const [, apikey] = /^apikey (\S+)$/m.exec(stdout) ?? [];
    const credentials = { email: 'ada@example.org', password: 'lovelace' };
    const { accesstoken, refreshtoken } = (await login({ ...credentials, apikey })).json;
    expect(accesstoken.split('.')[1]).toBe(id);
    expect((await service.get('/users/me', accesstoken)).status).toBe(200);

    expect((await service.server.cli(['app', 'revoke', id])).code).toBe(0);
    expect((await service.get('/users/me', accesstoken)).status).toBe(401);
    expect((await login({ refreshtoken })).status).toBe(401);
    expect((await login({ ...credentials, apikey })).status).toBe(200);
  });
});

test('4.2 users/me is the user of the login answer', async () => {
  const { status, json } = await service.get('/users/me', service.ada.accesstoken);
  expect(status).toBe(200);
  expect(json).toEqual(service.ada.user);
});

test('4.2 files and downloads are counted over all shares', async () => {
  const file = await service.uploaded('a.txt', 'bytes');
  await service.newFile(file.sharename, 'b.txt');
  await exchange(service.blobUrl(file));
  const { json } = await service.get('/users/me', service.ada.accesstoken);
  expect(json).toMatchObject({ files: 2, downloads: 1, storage: { used: 5 } });
});
