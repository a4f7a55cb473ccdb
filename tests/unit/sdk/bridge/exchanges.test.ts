import { describe, expect, it } from 'vitest';
import {
  BridgeClient,
  BridgeError,
  basicAuth,
  KeyPair,
  keyPairAuth,
} from '../../../../src/sdk/bridge/index.ts';
import { hasSigned } from '../../../support/bridge/bridge-accounts.ts';
import { bodyText, type RecordedExchange, recordings } from '../../../support/bridge/recordings.ts';

const { about, cases } = recordings('exchanges');
const [carol = { email: '', password: '' }] = about.accounts;
const [first = { privateKey: '', publicKey: '' }, second] = about.keys;
const keyPair = KeyPair.fromPrivateKey(first.privateKey);
const bucketId = '6b01034b7846b7de7cade06a';
const fileHash = 'd72d91d8ec94f89f5b6b84be2a03ba661a34c1e2';

type Act = (client: BridgeClient, recorded: RecordedExchange) => Promise<unknown>;
const file = (text: string, name: string) => new File([text], name, { type: 'text/plain' });
const token = ({ request }: RecordedExchange) => header(request.headers, 'x-token') ?? '';

/** The call of our client that belongs to a recorded request of the reference JavaScript client. */
const calls: Record<string, { auth?: 'basic' | 'key'; act: Act }> = {
  register: { act: (client) => client.users.register(carol) },
  'register-duplicate': { act: (client) => client.users.register(carol) },
  'not-activated-basic': { auth: 'basic', act: (client) => client.buckets.list() },
  'activate-invalid': { act: (client) => client.users.activate('INVALID') },
  activate: {
    act: (client, { request }) => client.users.activate(request.target.split('/').at(-1) ?? ''),
  },
  'no-auth': { act: (client) => client.buckets.list() },
  'keys-add-basic': { auth: 'basic', act: (client) => client.keys.add(keyPair) },
  'keys-list-signed': { auth: 'key', act: (client) => client.keys.list() },
  'keys-delete-signed': {
    auth: 'key',
    act: (client) => client.keys.remove(second?.publicKey ?? ''),
  },
  'bucket-create': {
    auth: 'key',
    act: (client) =>
      client.buckets.create({
        name: 'My cat pictures',
        storage: 10,
        transfer: 10,
        pubkeys: [keyPair],
      }),
  },
  'bucket-list': { auth: 'key', act: (client) => client.buckets.list() },
  'bucket-get': { auth: 'key', act: (client) => client.buckets.get(bucketId) },
  'bucket-update': {
    auth: 'key',
    act: (client) => {
      const fields = { name: 'My files', storage: 20, ignored: 'x' };
      return client.buckets.update(bucketId, fields);
    },
  },
  'bucket-not-found': { auth: 'key', act: (client) => client.buckets.get('f'.repeat(24)) },
  'nonce-stale': { auth: 'key', act: (client) => client.buckets.list() },
  'token-push': { auth: 'key', act: (client) => client.tokens.create(bucketId, 'PUSH') },
  'file-store': {
    act: (client, recorded) =>
      client.files.upload(bucketId, file('Hello MetaDisk API!', 'hello.txt'), {
        token: token(recorded),
      }),
  },
  'file-store-token-reused': {
    act: (client, recorded) =>
      client.files.upload(bucketId, file('again', 'hello.txt'), { token: token(recorded) }),
  },
  'token-pull': { auth: 'key', act: (client) => client.tokens.create(bucketId, 'PULL') },
  'file-list': { auth: 'key', act: (client) => client.files.list(bucketId) },
  'file-pointers': {
    act: (client, recorded) =>
      client.files.pointers(bucketId, fileHash, { token: token(recorded) }),
  },
  'file-pointers-not-found': {
    act: (client, recorded) =>
      client.files.pointers(bucketId, '0'.repeat(40), { token: token(recorded) }),
  },
  'file-remove': { auth: 'key', act: (client) => client.files.remove(bucketId, fileHash) },
  'bucket-delete': {
    auth: 'key',
    act: (client) => client.buckets.remove('6b01034b7846b7de7cade06b'),
  },
};

/** Recorded requests that this client never sends, because it cannot make the mistake in them. */
const NEVER_SENT = ['signature-tampered', 'file-store-no-size'];

const javascript = cases.filter(({ client }) => client.startsWith('javascript'));
const replayed = javascript.filter(({ name }) => !NEVER_SENT.includes(name));

describe('beside the recorded exchanges of the JavaScript client', () => {
  it.each(replayed)('sends and reads $name alike', async (recorded) => {
    const call = calls[recorded.name];
    if (!call) throw new Error(`no call for ${recorded.name}`);
    const { sent, client } = against(recorded, call.auth);
    const outcome = await call.act(client, recorded).catch((error: unknown) => error);

    const { request, response } = recorded;
    const ours = sent();
    expect(ours.method).toBe(request.method);
    expect(ours.target.split('?')[0]).toBe(request.target.split('?')[0]);
    if (recorded.name !== 'activate') expect(ours.target).toBe(request.target);
    for (const name of ['authorization', 'x-pubkey', 'x-signature', 'x-token', 'x-filesize']) {
      expect([name, ours.headers.get(name) ?? undefined]).toEqual([
        name,
        header(request.headers, name),
      ]);
    }
    expect(ours.headers.get('accept')).toBe('application/json');
    const type = header(request.headers, 'content-type') ?? '';
    expect(withoutBoundary(ours.headers.get('content-type') ?? '')).toBe(withoutBoundary(type));
    expect(withoutBoundary(ours.body)).toBe(withoutBoundary(bodyText(request.body)));

    const answer: unknown = response.body ? JSON.parse(response.body.text) : undefined;
    if (response.status < 300) expect(outcome).toEqual(answer);
    else {
      expect(outcome).toBeInstanceOf(BridgeError);
      expect(outcome).toMatchObject({
        status: response.status,
        message: answer && (answer as { error: string }).error,
      });
    }
  });

  it('has a call for every recorded case but those it never sends', () => {
    expect(replayed.map(({ name }) => name)).toEqual(Object.keys(calls));
    expect(javascript).toHaveLength(replayed.length + NEVER_SENT.length);
  });
});

describe('the signatures of all three recorded clients', () => {
  const signed = cases.filter((entry) => entry.signed);

  it.each(signed)('$client, $name: are judged as the server judged them', ({ signed }) => {
    if (!signed) throw new Error('not signed');
    const message = `${signed.method}\n${signed.path}\n${signed.payload}`;
    expect(KeyPair.verify(message, signed.signature, signed.publicKey)).toBe(signed.valid);
    expect(hasSigned(signed.publicKey, signed.signature, message)).toBe(signed.valid);
  });
});

describe('the answers that the Python clients were given', () => {
  const python = cases.filter(({ client }) => client.startsWith('python'));
  const reads: Record<string, Act> = {
    'POST /keys': (client) => client.keys.add(keyPair),
    'POST /buckets': (client) => client.buckets.create(),
    'POST /buckets/tokens': (client) => client.tokens.create(bucketId, 'PUSH'),
    'PUT /buckets/files': (client, { request }) => {
      const [, content = ''] = bodyText(request.body).split(/filename=[^]*?\r\n\r\n/);
      const bytes = Buffer.from(content.split(/\r\n--/)[0] ?? '', 'latin1');
      return client.files.upload(bucketId, new File([bytes], 'x'), { token: 'a'.repeat(64) });
    },
    'GET /buckets/files': (client, { request }) =>
      request.target.includes('/files/')
        ? client.files.pointers(bucketId, fileHash, { token: 'a'.repeat(64) })
        : client.files.list(bucketId),
  };

  it.each(python)('$client, $name: are read whole', async (recorded) => {
    const [, top, , sub] = recorded.request.target.split(/[/?]/);
    const kind = `${recorded.request.method} /${[top, sub].filter(Boolean).join('/')}`;
    const { client } = against(recorded, 'key');
    expect(await reads[kind]?.(client, recorded)).toEqual(
      JSON.parse(recorded.response.body?.text ?? ''),
    );
  });
});

function header(headers: [string, string][], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** A client with the recorded nonce whose one request gets the recorded answer. */
function against(recorded: RecordedExchange, auth: 'basic' | 'key' | undefined) {
  const { request, response } = recorded;
  const nonceText = /__nonce"?[=:] ?([\d.]+)/.exec(request.target + bodyText(request.body))?.[1];
  let seen: { request: Request; body: string } | undefined;
  const client = new BridgeClient({
    baseUrl: 'https://service.example',
    nonce: () => Number(nonceText),
    ...(auth === 'basic' && { auth: basicAuth(carol) }),
    ...(auth === 'key' && { auth: keyPairAuth(keyPair) }),
    // A server has read the body when it answers.
    fetch: async (input, init) => {
      const request = new Request(input, init);
      seen = { request, body: await request.text() };
      const { status } = response;
      return new Response(response.body?.text ?? null, { status });
    },
  });
  function sent() {
    if (!seen) throw new Error('nothing was sent');
    const { method, headers, url } = seen.request;
    const { pathname, search } = new URL(url);
    return { method, target: pathname + search, headers, body: seen.body };
  }
  return { client, sent };
}

/** Boundaries of multipart bodies are random in both clients. */
function withoutBoundary(text: string): string {
  const boundary = /boundary=(\S+)/.exec(text)?.[1] ?? /^--(\S+)\r\n/.exec(text)?.[1];
  return boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY').trimEnd();
}
