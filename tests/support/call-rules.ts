import { inspect } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import type * as Sdk from '../../src/sdk/index.ts';
import { answer, type FaultServer, faultServer, type Step } from './fault-server.ts';

/** What holds for every call, of the SDK from its source and as it is published. */
export function callRules({ GettClient, isGettError, memoryTokenStore }: typeof Sdk): void {
  let server: FaultServer;
  afterEach(() => server.stop());

  const tokens = () =>
    memoryTokenStore({
      accessToken: 'a.old.u.1.secret',
      refreshToken: 'r.demo.u.0.0.secret',
      expiresAt: Date.now() + 7_200_000,
    });

  const share = { sharename: '4Xq81Rb', created: 1, getturl: 'http://ge.tt/4Xq81Rb' };
  const gettAt = (origin: string) => new GettClient({ baseUrl: `${origin}/1/`, tokens: tokens() });

  it('are repeated after a passing failure when they only read', async () => {
    server = await faultServer(answer(502, 'bad gateway'), answer(200, share));
    expect((await gettAt(server.origin).shares.get('4Xq81Rb')).files).toEqual([]);
    expect(server.requests.length).toBe(2);
  });

  it('are not repeated when they change something', async () => {
    server = await faultServer(answer(502, 'bad gateway'), answer(200, share));
    await expect(gettAt(server.origin).shares.create()).rejects.toMatchObject({
      code: 'server',
      status: 502,
    });
    expect(server.requests.length).toBe(1);
  });

  it('are repeated, also when they change something, if the server asks to come again', async () => {
    server = await faultServer(answer(503, 'busy', { 'retry-after': '0' }), answer(200, share));
    await gettAt(server.origin).shares.create();
    expect(server.requests.length).toBe(2);
  });

  it('say what is wrong with an answer that is not the API', async () => {
    server = await faultServer(answer(200, { sharename: 5 }));
    await expect(gettAt(server.origin).shares.get('4Xq81Rb')).rejects.toMatchObject({
      code: 'invalid-answer',
      message: "The server's answer cannot be understood: answer.sharename must be a string.",
    });
  });

  it('carry the sentence and the body of a refusal', async () => {
    server = await faultServer(answer(400, { error: 'title is too long', limit: 255 }));
    const error: unknown = await gettAt(server.origin)
      .shares.create({ title: 'x' })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: 'title is too long', body: { limit: 255 } });
    expect([isGettError(error), isGettError(new Error('other'))]).toEqual([true, false]);
  });

  it('do not show a token that a server repeats in its answer', async () => {
    const repeat: Step = (request, response) =>
      answer(400, { error: `cannot read ${request.url}`, token: 'a.old.u.1.secret' })(
        request,
        response,
      );
    server = await faultServer(repeat);
    const error = await gettAt(server.origin)
      .me()
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'bad-request' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret');
  });

  it('are given up when the answer begins and does not end', async () => {
    server = await faultServer((_request, response) => void response.writeHead(200).write('{"us'));
    const gett = new GettClient({
      baseUrl: `${server.origin}/1`,
      tokens: tokens(),
      timeout: 100,
    });
    await expect(gett.me()).rejects.toMatchObject({ code: 'timeout', retryable: true });
  });

  it.each([
    [405, 'bad-request', false],
    [410, 'bad-request', false],
    [408, 'server', true],
    [501, 'server', true],
  ])('name status %i %s', async (status, code, retryable) => {
    server = await faultServer(answer(status, 'no'));
    await expect(gettAt(server.origin).shares.create()).rejects.toMatchObject({ code, retryable });
  });

  it('send text/plain when asked to, so that browsers need no preflight', async () => {
    server = await faultServer(answer(200, share));
    const gett = new GettClient({
      baseUrl: `${server.origin}/1`,
      tokens: tokens(),
      contentType: 'text/plain',
    });
    await gett.shares.create({ title: 'Plan' });
    expect(server.requests[0]?.headers['content-type']).toBe('text/plain');
    expect(server.requests[0]?.body).toBe('{"title":"Plan"}');
  });

  it('end with the very reason of the signal', async () => {
    server = await faultServer(() => undefined);
    const reason = new Error('enough');
    const controller = new AbortController();
    const call = gettAt(server.origin).me({ signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it('refuse a baseUrl that is no address', () => {
    for (const baseUrl of [
      'files.example.org',
      'ftp://x/1',
      'https://u:p@x/1',
      'https://x/1?a=b',
    ]) {
      expect(() => new GettClient({ baseUrl })).toThrow('baseUrl must be an address');
    }
  });
}
