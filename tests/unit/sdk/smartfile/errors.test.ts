import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isGettError } from '../../../../src/sdk/http/gett-error.ts';
import {
  apiKey,
  BasicClient,
  login,
  OAuthClient,
  SmartFileClient,
  SmartFileConfigurationError,
  SmartFileError,
  SmartFileRequestError,
  SmartFileResponseError,
} from '../../../../src/sdk/smartfile/index.ts';
import { readAll } from '../../../support/smartfile/http.ts';
import { type SmartFileService, startSmartFile } from '../../../support/smartfile/service.ts';

let service: SmartFileService;
let client: BasicClient;

beforeEach(async () => {
  service = await startSmartFile();
  client = new BasicClient({ ...service.credentials, baseUrl: service.baseUrl });
});
afterEach(() => service.stop());

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('the call must fail'),
    (reason: unknown) => reason,
  );

async function refusal(status: number, body: string, type = 'application/json') {
  service.script({ status, headers: { 'Content-Type': type }, body });
  const error = await failure(client.get('/user'));
  if (error instanceof SmartFileResponseError) return error;
  throw error;
}

describe('a refusal', () => {
  it('holds the messages of the fields', async () => {
    const error = await refusal(
      400,
      '{"field_errors":{"username":["Required.","Short."],"x":["y"]}}',
    );
    expect(error.fieldErrors).toEqual({ username: ['Required.', 'Short.'], x: ['y'] });
    expect(error.detail).toBe('Required.');
    expect(error.status).toBe(400);
  });

  it('looks for fields at status 400 only', async () => {
    const error = await refusal(409, '{"field_errors":{"a":["b"]},"detail":"Exists."}');
    expect(error).toMatchObject({ fieldErrors: undefined, detail: 'Exists.' });
  });

  it.each([
    ['{"detail":"No."}', 'No.'],
    ['{"detail":7,"src":["Missing."],"dst":["x"]}', 'Missing.'],
    ['{"count":1,"empty":[],"path":["Missing."]}', 'Missing.'],
    ['{"other":1}', '{"other":1}'],
    ['["a"]', '["a"]'],
    ['"text"', '"text"'],
  ])('finds its words in %s', async (body, detail) => {
    expect((await refusal(400, body)).detail).toBe(detail);
  });

  it('gives the parsed body and the headers', async () => {
    const error = await refusal(403, '{"detail":"No.","code":7}');
    expect(error.body).toEqual({ detail: 'No.', code: 7 });
    expect(error.headers.get('Content-Type')).toBe('application/json');
    expect(error.endpoint).toBe('GET api/2/user/');
  });

  it('that is no JSON is explained apart for a wrong endpoint', async () => {
    const missing = await refusal(404, '<h1>Not Found</h1>', 'text/html');
    const broken = await refusal(500, '<h1>Oops</h1>', 'text/html');
    const empty = await refusal(502, '');
    expect(missing.detail).toContain('no such endpoint');
    expect(missing.body).toBe('<h1>Not Found</h1>');
    expect(broken.detail).toContain('not JSON');
    expect(empty.detail).toBe(broken.detail);
  });

  it.each([
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [403, 'access-denied'],
    [404, 'not-found'],
    [418, 'server'],
  ])('of status %i has the code %s', async (status, code) => {
    const error = await refusal(status, '{"detail":"x"}');
    expect(error.code).toBe(code);
    expect(isGettError(error) && error instanceof SmartFileError).toBe(true);
  });

  it('may come with a status of success', async () => {
    const body = '{"status":409,"detail":"Path exists"}';
    const headers = { 'Content-Type': 'application/json' };
    service.script({ status: 200, headers, body });
    const upload = client.path.upload('/', new File(['x'], 'x.txt'));
    expect(await failure(upload)).toMatchObject({ status: 409, detail: 'Path exists' });
    service.script({ status: 200, headers, body });
    expect(await client.get('/path/data', '/report.json')).toEqual(JSON.parse(body));
  });

  it.each([
    ['{"detail":"Path exists"}', 200, 'invalid-answer'],
    ['{"detail":"Path exists","status":"409"}', 409, 'server'],
    ['{"detail":"Path exists","status":"refused"}', 200, 'invalid-answer'],
    ['[{"detail":"Path exists","status":409}]', 409, 'server'],
    [
      '[{"path":"/a.txt","detail":"Stored"},{"detail":"Path exists","status":403}]',
      403,
      'access-denied',
    ],
  ])('of an upload may come with a status of success: %s', async (body, status, code) => {
    const headers = { 'Content-Type': 'application/json' };
    const expected = { status, code, detail: 'Path exists', body: JSON.parse(body) as unknown };
    service.script({ status: 200, headers, body });
    expect(await failure(client.path.upload('/', new File(['x'], 'x.txt')))).toMatchObject(
      expected,
    );
    service.script({ status: 200, headers, body });
    const form = { one: new File(['a'], 'a.txt'), two: new File(['x'], 'x.txt') };
    expect(await failure(client.post('/path/data', '/', form))).toMatchObject(expected);
  });

  it('of anything that changes something may come with a status of success', async () => {
    const script = { status: 200, headers: { 'Content-Type': 'application/json' } };
    for (const call of [
      () => client.path.mkdir('/a'),
      () => client.path.rename('/a', '/b'),
      () => client.links.delete('uid'),
      () => client.put('/user', 'boba', { full_name: 'Boba' }),
    ]) {
      service.script({ ...script, body: '{"detail":"No.","status":"403"}' });
      expect(await failure(call())).toMatchObject({ status: 403, detail: 'No.' });
    }
    const body = '[{"detail":"of the event"}]';
    service.script({ ...script, body });
    expect(await client.post('/events')).toEqual(JSON.parse(body));
  });

  it.each([
    '{}',
    '[]',
    '[{}]',
    '[{"name":""}]',
    '{"error":"quota"}',
    '{"path":"/x.txt"}',
    'null',
    '',
  ])('is what an upload becomes whose answer names no file: %s', async (body) => {
    service.script({ status: 200, headers: { 'Content-Type': 'application/json' }, body });
    const error = await failure(client.path.upload('/', new File(['x'], 'x.txt')));
    expect(error).toBeInstanceOf(SmartFileResponseError);
    expect(error).toMatchObject({ status: 200, code: 'invalid-answer' });
  });

  it.each(['{}', '{"error":"quota"}', '[]'])(
    'is what a new directory or name becomes whose answer names nothing: %s',
    async (body) => {
      for (const call of [() => client.path.mkdir('/a'), () => client.path.rename('/b', '/a')]) {
        service.script({ status: 200, headers: { 'Content-Type': 'application/json' }, body });
        expect(await failure(call())).toMatchObject({ status: 200, code: 'invalid-answer' });
        service.script({ status: 200, body: '{"name":"a"}' });
        expect(await call()).toEqual({ name: 'a', path: '/a', items: null });
      }
    },
  );

  it('is what an answer of another shape becomes', async () => {
    service.script({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Hi</h1>' });
    const error = await failure(client.whoami());
    expect(error).toBeInstanceOf(SmartFileResponseError);
    expect(error).toMatchObject({ status: 200, code: 'invalid-answer' });
  });

  it('is what a link that is no web address becomes', async () => {
    service.script({ status: 201, body: '{"href":"javascript:alert(1)"}' });
    expect(await failure(client.links.create('/a'))).toMatchObject({ code: 'invalid-answer' });
  });
});

describe('a call that gets no answer', () => {
  it('rejects with the cause', async () => {
    const { baseUrl } = service;
    await service.stop();
    const error = await failure(client.ping());
    service = await startSmartFile();
    expect(error).toBeInstanceOf(SmartFileRequestError);
    expect(error).toMatchObject({ code: 'network', attempts: 1, retryable: true });
    expect(error).toHaveProperty('cause', expect.any(Error));
    expect(baseUrl).toMatch(/^http/);
  });

  it('rejects when the answer breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) });
    const fetch = async () =>
      new Response(body, { headers: { 'Content-Type': 'application/json' } });
    const cut = new BasicClient({ ...service.credentials, fetch });
    expect(await failure(cut.ping())).toBeInstanceOf(SmartFileRequestError);
  });

  it.each([0, 1])('rejects when the content breaks off after %i chunks', async (chunks) => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (sent === chunks) controller.error(new Error('cut'));
        else controller.enqueue(new Uint8Array((sent += 1)));
      },
    });
    const fetch = async () => new Response(body);
    const content = new BasicClient({ ...service.credentials, fetch }).get('/path/data', '/a.bin');
    const error = await failure(content.then((stream) => readAll(stream as ReadableStream)));
    expect(error).toBeInstanceOf(SmartFileRequestError);
    expect(error).toMatchObject({ code: 'network', cause: new Error('cut') });
  });

  it('rejects with the reason of the signal when it was aborted', async () => {
    const reason = new Error('enough');
    expect(await failure(client.ping({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(service.log).toEqual([]);
  });

  it('is not repeated', async () => {
    service.script({ status: 500, body: 'x' }, { status: 502, body: 'x' });
    expect(await failure(client.ping())).toMatchObject({ status: 500 });
    expect(service.log).toHaveLength(1);
  });
});

describe('a mistake of the caller', () => {
  it.each([
    ['a short key', () => apiKey({ key: 'short', password: 'x'.repeat(30) })],
    ['a short password', () => apiKey({ key: 'x'.repeat(30), password: `${'x'.repeat(29)} ` })],
    ['an empty user name', () => login({ username: '', password: 'x' })],
    ['a user name that would end early', () => login({ username: 'a:b', password: 'x' })],
  ])('is found before anything is sent: %s', (_, mistake) => {
    expect(mistake).toThrow(SmartFileConfigurationError);
  });

  it.each([
    ['no file name', () => client.path.upload('/', new Blob(['x']))],
    [
      'a directory in the file name',
      () => client.path.upload('/', new File(['x'], 'a'), { name: 'a/b' }),
    ],
    ['a path upwards', () => client.path.info('/a/../b')],
    ['a link that expires', () => client.share('/a', { method: 'link', expiresIn: 1 })],
    [
      'a file for a link that expires',
      () => client.uploadAndShare('/', new File(['x'], 'a'), { method: 'link', expiresIn: 1 }),
    ],
    ['no link to delete', () => client.links.delete('')],
  ])('is found before anything is sent: %s', async (_, mistake) => {
    expect(await failure(mistake())).toBeInstanceOf(SmartFileConfigurationError);
    expect(service.log).toEqual([]);
  });
});

describe('secrets', () => {
  it.each([401, 200])('stay out of everything that a call with answer %i shows', async (status) => {
    const { key, password } = service.credentials;
    const basic = Buffer.from(`${key}:${password}`).toString('base64');
    service.script({
      status,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ detail: `Refused Basic ${basic} of ${key} with ${password}` }),
    });
    const error = await failure(client.whoami());
    expect(error).toMatchObject({ body: { detail: /^Refused Basic \[redacted\]/ } });
    const shown = `${inspect(error, { depth: 9 })} ${JSON.stringify(error)} ${String(error)}`;
    for (const secret of [key, password, basic]) expect(shown).not.toContain(secret);
  });

  it('stay inside the clients', () => {
    const token = { token: 'the-token', secret: 'the-secret' };
    const clients = [
      client,
      new OAuthClient({
        client: token,
        access: { token: 'access-token', secret: 'access-secret' },
      }),
      new SmartFileClient({ auth: login(service.account) }),
    ];
    const shown = clients
      .map((each) => `${inspect(each, { depth: 9 })} ${JSON.stringify(each)}`)
      .join();
    expect(shown).not.toMatch(/the-secret|access-secret|access-token/);
    for (const secret of [service.credentials.password, service.account.password]) {
      expect(shown).not.toContain(secret);
    }
  });
});
