import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/sdk/bridge/errors/codes.ts';
import { BridgeEvents } from '../../../../src/sdk/bridge/events.ts';
import { BridgeClient } from '../../../../src/sdk/bridge/index.ts';

describe('the code of a refusal', () => {
  it.each([
    [401, 'No authentication strategy detected', 'unauthorized'],
    [401, 'Invalid signature', 'unauthorized'],
    [401, 'Public key not registered', 'unauthorized'],
    [500, 'Invalid email or password', 'unauthorized'],
    [401, 'Invalid nonce supplied', 'invalid-nonce'],
    [401, 'User account has not been activated', 'not-activated'],
    [400, 'Invalid activation token', 'invalid-token'],
    [500, 'Invalid or expired token', 'invalid-token'],
    [500, 'Email is already registered', 'already-registered'],
    [400, 'Public key is already registered', 'already-registered'],
    [400, 'Invalid public key', 'invalid-key'],
    [400, 'Missing or invalid x-filesize header sent', 'bad-size'],
    [400, 'File size does not match', 'bad-size'],
    [404, 'Bucket not found', 'not-found'],
    [500, 'THE REQUESTED FILE WAS NOT FOUND', 'not-found'],
    [400, 'Something else', 'bad-request'],
    [404, '', 'not-found'],
    [401, '', 'unauthorized'],
    [500, 'Cast to ObjectId failed', 'unknown'],
    [502, '', 'unknown'],
  ])('of %i "%s" is %s', (status, sentence, code) => {
    expect(errorCode(status, sentence)).toBe(code);
  });
});

describe('an answer', () => {
  const answering = (status: number, body: string | null) =>
    new BridgeClient({
      baseUrl: 'https://service.example/',
      fetch: () => Promise.resolve(new Response(body, { status })),
    });

  it('without an error object is refused in our own words', async () => {
    await expect(answering(502, '<html>Bad gateway</html>').buckets.get('b')).rejects.toMatchObject(
      {
        name: 'BridgeError',
        code: 'unknown',
        status: 502,
        endpoint: 'GET /buckets/:id',
        message: 'The Bridge answered GET /buckets/:id with 502 and no reason.',
      },
    );
  });

  it('may bring a state that the specification does not have', async () => {
    const bucket = {
      id: 'b',
      name: 'Pictures',
      user: 'ann@example.com',
      created: '2016-03-20T00:00:00.000Z',
      storage: 10,
      transfer: 30,
      status: 'Suspended',
      pubkeys: [],
    };
    const read = answering(200, JSON.stringify(bucket)).buckets.get('b');
    await expect(read).resolves.toEqual(bucket);
  });

  it.each([
    ['that is no JSON', '{"id": "secret'],
    ['of another shape', '{"id": 7, "name": "secret"}'],
    ['without content', ''],
  ])('%s is refused without repeating it', async (_, body) => {
    const error = await answering(200, body)
      .buckets.get('b')
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'unexpected-answer', status: 200 });
    expect(String(error)).not.toContain('secret');
  });

  it.each([200, 204])(
    'with an empty body and status %i is fine where nothing is told',
    async (status) => {
      await expect(answering(status, null).buckets.remove('b')).resolves.toBeUndefined();
    },
  );

  it('that repeats a token does not bring it into the error', async () => {
    const token = 'ab'.repeat(32);
    const error = `Token ${token} is unknown`;
    await expect(answering(500, JSON.stringify({ error })).keys.list()).rejects.toMatchObject({
      code: 'invalid-token',
      message: 'Token [hidden] is unknown',
    });
  });

  it.each([
    ['0.3.0', true],
    ['0.4.3', true],
    ['0.6.6', true],
    ['0.2.5', false],
    ['0.7.0', false],
    ['0.30.1', false],
    ['1.2.0', false],
  ])('that tells revision %s is supported: %s', async (version, supported) => {
    const client = answering(200, JSON.stringify({ swagger: '2.0', info: { version } }));
    const warnings: string[] = [];
    client.on('warning', ({ message }) => warnings.push(message));
    expect(await client.info()).toEqual({ version, supported });
    expect(warnings.length).toBe(supported ? 0 : 1);
  });
});

describe('input that cannot work', () => {
  const offline = new BridgeClient({
    baseUrl: 'https://service.example',
    fetch: () => Promise.reject(new Error('must not be sent')),
  });

  it.each(['', 'service.example', 'ftp://service.example', 'https://ann:secret@service.example'])(
    'is refused as base address without repeating it: "%s"',
    (baseUrl) => {
      expect(() => new BridgeClient({ baseUrl })).toThrow(
        new TypeError('baseUrl must be an http: or https: address without user and password.'),
      );
    },
  );

  it.each(['', '.', '..'])(
    'is refused as id, because it would name another endpoint: "%s"',
    async (id) => {
      await expect(offline.buckets.remove(id)).rejects.toThrow('The id is missing');
    },
  );

  it('is refused as key before it is sent', async () => {
    await expect(offline.keys.add('02:ab')).rejects.toThrow('A public key is 66 or 130');
    const registration = { email: 'a@b', password: 'p', publicKey: 'x' };
    await expect(offline.users.register(registration)).rejects.toThrow('A public key is 66 or 130');
  });

  it('is refused as token without repeating it', async () => {
    const upload = offline.files.upload('b', new File(['x'], 'x'), { token: 'line\nbreak' });
    await expect(upload).rejects.toThrow('A token is 64 hexadecimal digits; paste it whole.');
  });

  it('is refused as nameless file, which the server would never answer', async () => {
    const nameless = offline.files.upload('b', new Blob(['x']));
    await expect(nameless).rejects.toThrow('The file has no name; give one as `filename`.');
    const emptied = offline.files.upload('b', new File(['x'], 'x'), { filename: '' });
    await expect(emptied).rejects.toThrow('The file has no name');
  });
});

describe('a path below the address', () => {
  it('is kept in requests and left out of what is signed', async () => {
    const seen: { url: string; message: string }[] = [];
    let message = '';
    const client = new BridgeClient({
      baseUrl: 'https://service.example/bridge/',
      nonce: () => 7,
      auth: { signed: true, headers: (text) => ((message = text), {}) },
      fetch: (url) => {
        if (typeof url === 'string') seen.push({ url, message });
        return Promise.resolve(new Response('[]'));
      },
    });
    await client.keys.list();
    expect(seen).toEqual([
      { url: 'https://service.example/bridge/keys?__nonce=7', message: 'GET\n/keys\n__nonce=7' },
    ]);
  });

  it('is in the address that activates an account in a browser', () => {
    const { users } = new BridgeClient({ baseUrl: 'https://service.example/bridge' });
    expect(users.activationUrl('abc')).toBe('https://service.example/bridge/activations/abc');
    expect(users.activationUrl('abc', 'https://me.example/?a=b')).toBe(
      'https://service.example/bridge/activations/abc?redirect=https%3A%2F%2Fme.example%2F%3Fa%3Db',
    );
  });
});

describe('the capabilities', () => {
  it('leave out a link to share, which the service does not have', () => {
    const { capabilities } = new BridgeClient({ baseUrl: 'https://service.example' });
    expect(capabilities).toEqual({ shareLink: false });
  });
});

describe('events', () => {
  it('reach the listeners of their type until they are ended', () => {
    const events = new BridgeEvents();
    const heard: string[] = [];
    const end = events.on('warning', ({ message }) => heard.push(message));
    events.on('answer', () => heard.push('answer'));
    events.emit({ type: 'warning', message: 'one' });
    end();
    events.emit({ type: 'warning', message: 'two' });
    expect(heard).toEqual(['one']);
  });
});
