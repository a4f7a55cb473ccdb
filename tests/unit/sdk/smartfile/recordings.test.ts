import { describe, expect, it } from 'vitest';
import {
  BasicClient,
  OAuthClient,
  SmartFileConfigurationError,
  SmartFileRequestError,
  SmartFileResponseError,
  SmartFileTaskError,
} from '../../../../src/sdk/smartfile/index.ts';
import { QuickClock } from '../../../support/smartfile/clock.ts';
import { collect, parseMultipart, readAll } from '../../../support/smartfile/http.ts';
import {
  bytesOf,
  type Case,
  type Exchange,
  readRecording,
  replay,
  type SeenRequest,
} from '../../../support/smartfile/replay.ts';

type Call = (client: BasicClient) => Promise<unknown>;

const python = readRecording('smartfile-basic');
const documented = readRecording('smartfile-basic-2.1');
const node = readRecording('smartfile-node');
const oauth = readRecording('smartfile-oauth');

const file = (name: string, text: string) => new File([text], name);
const task = '0e5ab5b7-0000-4000-8000-000000000005';
const waited = async (handle: Promise<{ wait(): Promise<unknown> }>) => (await handle).wait();

const pythonCalls: Record<string, Call> = {
  ping: (client) => client.ping(),
  'path-info-root': (client) => client.path.info('/'),
  'path-info-children': (client) =>
    client.get('/path/info', '/docs', { children: 'on', limit: 100, page: 2 }),
  'int-id': (client) => client.get('/access/user', 42),
  'version-override': (client) => client.get('/ping'),
  'post-form': (client) =>
    client.post('/user', undefined, { username: 'bobafett', email: 'bobafett@example.com' }),
  'post-form-list': (client) =>
    client.post('/path/oper/remove', undefined, { path: ['/a.txt', '/b.txt'] }),
  'put-form': (client) => client.put('/user', 'bobafett', { full_name: 'Boba Fett' }),
  delete: (client) => client.delete('/user', 'bobafett'),
  'upload-method': (client) =>
    client.post('/path/data', '/', { file: file('hello.txt', 'hello smartfile\n') }),
  'upload-to-dir': (client) => client.post('/path/data', '/images', { file: file('a b.txt', 'x') }),
  'download-raw': (client) => client.get('/path/data', '/foobar.bin'),
  'json-with-charset': (client) => client.get('/ping'),
  'oper-move-direct': (client) =>
    client.post('/path/oper/move', undefined, { src: '/foobar.png', dst: '/images/foobar.png' }),
  remove: (client) => client.post('/path/oper/remove', undefined, { path: 'foobar.png' }),
  'task-poll-success': async (client) => {
    const handle = await client.path.copy('/a', '/b');
    expect(handle.uuid).toBe(task);
    return handle.wait();
  },
  'link-create': (client) =>
    client.post('/link', undefined, { path: '/hello.txt', name: 'hello', read: 'on', list: 'on' }),
  'throttle-retry-ok': (client) => client.ping(),
  'throttle-exhausted': (client) => client.ping(),
  'throttle-no-header': (client) => client.ping(),
  'error-400-field': (client) => client.post('/user', undefined, { username: '' }),
  'error-403-detail': (client) => client.get('/user'),
  'error-404-html': (client) => client.get('/nope'),
  'credentials-blank': async () => new BasicClient({ key: ' ', password: '' }),
};

const documentedCalls: Record<string, Call> = {
  ping: (client) => client.ping(),
  upload: (client) =>
    client.post('/path/data', '/', { file: file('foobar.png', 'not really a png') }),
  'error-detail': (client) => client.whoami(),
};

const nodeCalls: Record<string, Call> = {
  'info-special': (client) => client.get('/path/info', '/a b/100%/c#d?e&f+g/é.txt'),
  'upload-multipart': (client) =>
    client.post('/path/data', '/docs', { file: file('hello.txt', 'hello') }),
  'upload-200-with-error': (client) =>
    client.put('/path/data', '/docs/x', undefined, { version: '3', body: new Blob(['x']) }),
  download: async (client) => ({
    body: await (await client.path.download('/docs/hello.txt')).text(),
  }),
  mkdir: (client) => client.path.mkdir('/new'),
  'remove-task': (client) => waited(client.path.remove('/foobar')),
  'remove-task-partial': (client) => waited(client.path.remove('/foobar')),
  'throttle-429': (client) => client.get('/path/info', 'x'),
  'children-pages': (client) => collect(client.path.list('/d', { limit: 1 })),
};

/** Where the specification departs from what the old client handed to its caller. */
const departures: Record<string, unknown> = {
  delete: undefined,
  'json-with-charset': { a: 1 },
};

async function outcome(call: Promise<unknown>): Promise<unknown> {
  const value = await call;
  if (!(value instanceof ReadableStream)) return value;
  return { stream: { base64: (await readAll(value)).toString('base64') } };
}

const header = ({ headers }: Exchange['request'], wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

/** File paths always end in a slash (spec section 1.1); the Node client leaves it out. */
const withSlash = (target: string) => target.replace(/^([^?]*?)\/?(?=\?|$)/, '$1/');

function oauthParameters(value: string | undefined): Record<string, string> {
  const pairs = Array.from(
    value?.matchAll(/(\w+)="([^"]*)"/g) ?? [],
    ([, name = '', text = '']) => [name, text],
  );
  return Object.fromEntries(pairs);
}

async function expectSame(seen: SeenRequest, recorded: Exchange['request']): Promise<void> {
  expect(`${seen.method} ${seen.target}`).toBe(`${recorded.method} ${withSlash(recorded.target)}`);
  const authorization = header(recorded, 'authorization');
  if (authorization?.startsWith('OAuth ')) {
    expect(seen.headers.authorization).toMatch(/^OAuth /);
    expect(oauthParameters(seen.headers.authorization)).toEqual(oauthParameters(authorization));
  } else {
    expect(seen.headers.authorization).toBe(authorization);
  }
  const body = bytesOf(recorded.body);
  const contentType = header(recorded, 'content-type');
  if (contentType?.startsWith('multipart/')) {
    expect(await parseMultipart(seen.headers, seen.body)).toEqual(
      await parseMultipart({ 'content-type': contentType }, body),
    );
    return;
  }
  expect(seen.body.toString()).toBe(body.toString());
  if (contentType) expect(seen.headers['content-type']).toBe(contentType);
  if (body.length === 0) expect(seen.headers['content-type']).toBeUndefined();
}

async function expectError(promise: Promise<unknown>, expected: Case['error']): Promise<void> {
  const error = await promise.then(
    () => expect.unreachable('the call must fail'),
    (reason: unknown) => reason,
  );
  if (expected?.kind === 'configuration') {
    return expect(error).toBeInstanceOf(SmartFileConfigurationError);
  }
  if (expected?.kind === 'request') return expect(error).toBeInstanceOf(SmartFileRequestError);
  if (expected?.status === 200) return expect(error).toBeInstanceOf(SmartFileTaskError);
  expect(error).toBeInstanceOf(SmartFileResponseError);
  const { status, detail, fieldErrors } = error as SmartFileResponseError;
  expect(status).toBe(expected?.status);
  if (typeof expected?.detail === 'string') expect(detail).toBe(expected.detail);
  if (typeof expected?.detail === 'object') expect(fieldErrors).toEqual(expected.detail);
}

async function expectReplay(recorded: Case, call: Call, version: string): Promise<void> {
  const server = await replay(recorded.exchanges);
  try {
    const client = new BasicClient({
      key: python.about.credentials['key']!,
      password: python.about.credentials['password']!,
      baseUrl: server.baseUrl,
      version,
      clock: new QuickClock(),
    });
    const result = outcome(call(client));
    if (recorded.error) await expectError(result, recorded.error);
    else if (recorded.name in departures) expect(await result).toEqual(departures[recorded.name]);
    else if (recorded.name === 'children-pages') expect(await result).toMatchObject(pages);
    else expect(await result).toMatchObject(recorded.result as object);
    expect(server.requests).toHaveLength(recorded.exchanges.length);
    for (const [index, { request }] of recorded.exchanges.entries()) {
      await expectSame(server.requests[index]!, request);
    }
  } finally {
    await server.stop();
  }
}

/** The Node client adds a `time` of its own. */
const pages = [
  { name: 'a', path: '/d/a' },
  { name: 'b', path: '/d/b' },
];

describe('requests recorded from the Python client', () => {
  it.each(python.cases.map((recorded) => [recorded.name, recorded] as const))(
    'are sent alike: %s',
    (name, recorded) =>
      expectReplay(recorded, pythonCalls[name]!, name === 'version-override' ? '2.1' : '2'),
  );
});

describe('requests recorded from the documented revision of the Python client', () => {
  it.each(documented.cases.map((recorded) => [recorded.name, recorded] as const))(
    'are sent alike: %s',
    (name, recorded) => expectReplay(recorded, documentedCalls[name]!, '2.1'),
  );
});

describe('requests recorded from the Node client', () => {
  it.each(node.cases.map((recorded) => [recorded.name, recorded] as const))(
    'are sent alike: %s',
    (name, recorded) => expectReplay(recorded, nodeCalls[name]!, '2'),
  );
});

describe('requests recorded with OAuth', () => {
  const { credentials } = oauth.about;
  const pair = (name: string) => ({
    token: credentials[`${name}Token`]!,
    secret: credentials[`${name}Secret`]!,
  });
  const create = (baseUrl: string, access?: ReturnType<typeof pair>) =>
    new OAuthClient({
      client: pair('client'),
      access,
      baseUrl,
      nonce: () => credentials['nonce']!,
      clock: new QuickClock(),
    });

  it('are all taken up below', () => {
    expect(oauth.cases.map(({ name }) => name)).toEqual(['oauth-flow-oob', 'oauth-get']);
  });

  it('are sent alike on the way from no token to the first call', async () => {
    const recorded = oauth.cases.find(({ name }) => name === 'oauth-flow-oob')!;
    const server = await replay(recorded.exchanges);
    const client = create(server.baseUrl);
    const request = await client.requestToken();
    expect(request).toEqual(pair('request'));
    expect(await client.accessToken(request, credentials['verifier']!)).toEqual(pair('access'));
    expect(await client.ping()).toEqual({ ping: 'pong' });
    await server.stop();
    for (const [index, { request }] of recorded.exchanges.entries()) {
      await expectSame(server.requests[index]!, request);
    }
  });

  it('are sent alike with an access token from before', async () => {
    const recorded = oauth.cases.find(({ name }) => name === 'oauth-get')!;
    const server = await replay(recorded.exchanges);
    const result = await create(server.baseUrl, pair('access')).get('/path/info', '/', {
      children: 'on',
    });
    await server.stop();
    expect(result).toEqual(recorded.result);
    await expectSame(server.requests[0]!, recorded.exchanges[0]!.request);
  });
});
