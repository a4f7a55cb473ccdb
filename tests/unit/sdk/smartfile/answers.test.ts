import { describe, expect, it } from 'vitest';
import { object, string } from '../../../../src/protocol/decoder.ts';
import { BasicClient } from '../../../../src/sdk/smartfile/index.ts';
import { readAll } from '../../../support/smartfile/http.ts';

function answering(body: BodyInit | null, type?: string, status = 200) {
  const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type };
  const calls: { url: string; init: RequestInit }[] = [];
  const client = new BasicClient({
    key: 'k'.repeat(30),
    password: 'p'.repeat(30),
    fetch: async (url, init = {}) => {
      calls.push({ url: new Request(url).url, init });
      return new Response(body, { status, headers });
    },
  });
  return { client, calls };
}

describe('an answer', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;x=y'])(
    'of type %s is JSON',
    async (type) => {
      expect(await answering('{"a":1}', type).client.get('/x')).toEqual({ a: 1 });
    },
  );

  it('is given as text when it says JSON and is none', async () => {
    expect(await answering('not json', 'application/json').client.get('/x')).toBe('not json');
  });

  it.each([
    ['no content', null, undefined, 204],
    ['empty JSON', '', 'application/json', 200],
    ['an empty file', '', 'text/plain', 200],
    ['an empty stream', new Blob([]).stream(), 'text/plain', 200],
  ] as const)('is undefined for %s', async (_, body, type, status) => {
    expect(await answering(body, type, status).client.get('/x')).toBeUndefined();
  });

  it.each(['application/octet-stream', 'application/jsonl', 'text/json', undefined])(
    'of type %s is a stream of bytes',
    async (type) => {
      const bytes = Uint8Array.of(0, 1, 2, 255);
      const answer = await answering(bytes, type).client.get('/x');
      if (!(answer instanceof ReadableStream)) throw new Error('there must be a stream');
      expect(await readAll(answer)).toEqual(Buffer.from(bytes));
    },
  );

  it('is read no further when the caller stops', async () => {
    let cancelled: unknown;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_024)),
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const answer = await answering(endless, 'video/mp4').client.get('/x');
    if (!(answer instanceof ReadableStream)) throw new Error('there must be a stream');
    await answer.cancel('seen enough');
    expect(cancelled).toBe('seen enough');
  });

  it('is checked against the shape that the caller gives', async () => {
    const decode = object({ username: string });
    const good = answering('{"username":"boba"}', 'application/json').client;
    const { username } = await good.get('/user', 'boba', undefined, { decode });
    expect(username).toBe('boba');
    const bad = answering('{"username":1}', 'application/json').client;
    await expect(bad.get('/user', 'boba', undefined, { decode })).rejects.toMatchObject({
      code: 'invalid-answer',
      detail: /answer\.username must be a string/,
    });
  });

  it('with a link may hold it under results', async () => {
    const body = '{"results":[{"href":"https://file.ac/AbCdEfGhIjK","uid":"AbCdEfGhIjK"}]}';
    const share = await answering(body, 'application/json').client.share('/shared/a b.jpg');
    expect(share).toEqual({
      url: 'https://file.ac/AbCdEfGhIjK/a%20b.jpg',
      kind: 'link',
      linkId: 'AbCdEfGhIjK',
    });
  });

  it('with a link to a directory gives the address of the directory', async () => {
    const body = '{"href":"https://file.ac/AbCdEfGhIjK/"}';
    const { url } = await answering(body, 'application/json').client.share('/shared/');
    expect(url).toBe('https://file.ac/AbCdEfGhIjK/');
  });
});

describe('a request', () => {
  it('goes to the service itself, version 2, without cookies', async () => {
    const { client, calls } = answering('{"ping":"pong"}', 'application/json');
    await client.ping();
    expect(calls[0]?.url).toBe('https://app.smartfile.com/api/2/ping/');
    expect(calls[0]?.init).toMatchObject({ method: 'GET', credentials: 'omit' });
    const headers = new Headers(calls[0]?.init.headers);
    expect(headers.get('Accept')).toBe('application/json');
    expect(headers.get('User-Agent')).toBe('gett-sdk');
  });

  it('for a link is that of the worked example, and says as well how long answers are kept', async () => {
    const { client, calls } = answering(
      '{"href":"https://file.ac/AbCdEfGhIjK/"}',
      'application/json',
    );
    await client.share('/shared/photo.jpg');
    await client.links.create(['/a.txt', '/b.txt'], { name: 'both', read: true, cache: 60 });
    expect(calls.map(({ init }) => init.body)).toEqual([
      'path=%2Fshared%2Fphoto.jpg&name=photo.jpg&read=true&list=true',
      'path=%2Fa.txt&path=%2Fb.txt&name=both&read=true&cache=60',
    ]);
    expect(calls[0]?.url).toBe('https://app.smartfile.com/api/2/link/');
  });

  it('for a temporary address asks for reading, and for nothing that was not given', async () => {
    const { client, calls } = answering('{"url":"https://file.ac/x/a.txt"}', 'application/json');
    await client.exchange.create('/a.txt', { expires: 60 });
    await client.exchange.create('/a.txt', { mode: 'w' });
    expect(calls.map(({ init }) => init.body)).toEqual([
      'path=%2Fa.txt&mode=r&expires=60',
      'path=%2Fa.txt&mode=w',
    ]);
  });

  it('that changes something does not follow redirects', async () => {
    const { client, calls } = answering('{}', 'application/json');
    await client.post('/x');
    expect(calls[0]?.init).toMatchObject({ method: 'POST', redirect: 'error' });
    expect(calls[0]?.init.body).toBeUndefined();
  });
});
