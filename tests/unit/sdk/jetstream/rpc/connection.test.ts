import { describe, expect, it } from 'vitest';
import {
  JetStream,
  JetStreamConnectionError,
  type JetStreamTransport,
} from '../../../../../src/sdk/jetstream/index.ts';
import { scriptedServer } from '../../../../support/jetstream/script.ts';

async function connected() {
  const server = scriptedServer();
  const api = await new JetStream({ transport: server.transport }).api('localhost').connect();
  return { api, server };
}

describe('a call', () => {
  it('is one JSON-RPC text with numbers from 1', async () => {
    const { api, server } = await connected();
    void api.send.getManifests().catch(() => undefined);
    void api.server.auth('jsmith', 'secret').catch(() => undefined);
    expect(server.texts).toEqual([]);
    await expect
      .poll(() => server.texts)
      .toEqual([
        '{"jsonrpc":"2.0","id":1,"method":"send.getManifests","params":{}}',
        '{"jsonrpc":"2.0","id":2,"method":"server.auth","params":{"user":"jsmith","password":"secret"}}',
      ]);
  });

  it('leaves out members that are null or undefined, but keeps what user data hold', async () => {
    const { api, server } = await connected();
    const options = JSON.parse('{"priority":null,"userData":{"a":null}}');
    void api.send
      .createTransfer('1', '2', { ...options, destinationPath: undefined })
      .catch(() => undefined);
    await expect
      .poll(() => server.messages[0]?.params)
      .toStrictEqual({ destinationId: '1', manifestId: '2', userData: { a: null } });
  });

  it('gets its own answer when they come in another order', async () => {
    const { api, server } = await connected();
    const one = api.server.getServerInfo();
    const two = api.server.getServerInfo();
    await server.say('{"jsonrpc":"2.0","id":2,"result":{"version":"two"}}');
    await server.say('{"jsonrpc":"2.0","id":1,"result":{"version":"one"}}');
    expect([await one, await two]).toEqual([{ version: 'one' }, { version: 'two' }]);
  });

  it('rejects with the error of its answer, and a sentence of our own when there is none', async () => {
    const { api, server } = await connected();
    const one = api.send.getManifests();
    const two = api.send.getManifests();
    await server.say('{"jsonrpc":"2.0","id":1,"error":{"code":7,"message":"disk","data":[1]}}');
    await server.say('{"jsonrpc":"2.0","id":2,"error":{"code":4}}');
    await expect(one).rejects.toMatchObject({
      name: 'JetStreamOperationError',
      message: 'disk',
      data: [1],
    });
    await expect(two).rejects.toThrow('The server refused send.getManifests.');
  });

  it('keeps secrets sent over the connection out of every error', async () => {
    const { api, server } = await connected();
    const auth = api.server.auth('jsmith', 'se"cret');
    const token = api.server.authToken('se', { password: 'long se"cret' });
    const data = { tried: ['long se"cret'], user: 'jsmith' };
    const error = { code: 2, message: 'bad: long se"cret, se"cret', data };
    await server.say(JSON.stringify({ jsonrpc: '2.0', id: 2, error }));
    await server.say(JSON.stringify({ jsonrpc: '2.0', id: 1, error }));
    for (const call of [auth, token]) {
      const failure = await call.catch((reason: unknown) => reason);
      expect(failure).toMatchObject({
        message: 'bad: [redacted], [redacted]',
        data: { tried: ['[redacted]'], user: 'jsmith' },
      });
      expect(failure instanceof Error && failure.stack).not.toContain('cret');
    }
  });

  it('leaves an error whole when the password was empty', async () => {
    const { api, server } = await connected();
    const auth = api.server.auth('jsmith', '');
    await server.say('{"jsonrpc":"2.0","id":1,"error":{"code":2,"message":"wrong password"}}');
    await expect(auth).rejects.toThrow(/^wrong password$/);
  });

  it('is rejected when its text cannot be sent', async () => {
    const transport: JetStreamTransport = {
      open: async () => undefined,
      send: async () => {
        throw new Error('the cable is cut');
      },
      onMessage: () => undefined,
      onClose: () => undefined,
      close: async () => undefined,
    };
    const api = await new JetStream({ transport }).api('localhost').connect();
    const error = await api.send.getManifests().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JetStreamConnectionError);
    expect(error).toMatchObject({ cause: { message: 'the cable is cut' } });
    expect(api.connected).toBe(false);
  });
});

/** JSON-RPC has a code for what is no JSON, and one for any other message that it does not know. */
function codeFor(text: string): number {
  try {
    JSON.parse(text);
    return -32600;
  } catch {
    return -32700;
  }
}

describe('a server that breaks the rules', () => {
  it.each([
    ['text that is not JSON', '{"jsonrpc"'],
    ['nothing', ''],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"result":null}]'],
    ['a bare value', '5'],
    ['null', 'null'],
    ['an answer to an unknown call', '{"jsonrpc":"2.0","id":9,"result":null}'],
    ['an answer to no call', '{"jsonrpc":"2.0","id":null,"result":null}'],
    ['an answer with a textual id', '{"jsonrpc":"2.0","id":"1","result":null}'],
    ['an answer without result', '{"jsonrpc":"2.0","id":1}'],
    ['an error without code', '{"jsonrpc":"2.0","id":1,"error":{"message":"no"}}'],
    ['a request of its own', '{"jsonrpc":"2.0","id":5,"method":"send.getManifests"}'],
    ['a message without method and id', '{"jsonrpc":"2.0"}'],
    ['a message longer than 16 MiB', `"${'x'.repeat(16 * 1024 * 1024)}"`],
    [
      'a message longer than 16 MiB in bytes',
      `{"jsonrpc":"2.0","id":1,"result":"${'é'.repeat(8.4e6)}"}`,
    ],
  ])('by %s ends the connection and every call', async (_what, text) => {
    const { api, server } = await connected();
    const calls = [api.send.getManifests(), api.send.getTransfers()];
    await server.say(text);
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: {
          name: 'JetStreamConnectionError',
          cause: { name: 'JetStreamProtocolError', code: codeFor(text) },
        },
      });
    }
    expect(api.connected).toBe(false);
  });

  it('by refusing what it could not read tells so in the cause', async () => {
    const { api, server } = await connected();
    const call = api.send.getManifests();
    await server.say('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}');
    await expect(call).rejects.toMatchObject({ cause: { code: -32700, message: 'parse error' } });
  });

  it('by a second answer to one call ends the connection', async () => {
    const { api, server } = await connected();
    const call = api.send.getManifests();
    await server.say('{"jsonrpc":"2.0","id":1,"result":[]}');
    await expect(call).resolves.toEqual([]);
    await server.say('{"jsonrpc":"2.0","id":1,"result":[]}');
    await expect.poll(() => api.connected).toBe(false);
    await expect(api.send.getManifests()).rejects.toMatchObject({
      cause: { message: 'The server answered call 1, which is not open.' },
    });
  });
});

describe('notifications', () => {
  it('that are unknown are passed over', async () => {
    const { api, server } = await connected();
    await server.say('{"jsonrpc":"2.0","method":"event.weather","params":{"rain":true}}');
    await server.say('{"jsonrpc":"2.0","method":"event.transfer"}');
    const call = api.send.getManifests();
    await server.say('{"jsonrpc":"2.0","id":1,"result":[]}');
    await expect(call).resolves.toEqual([]);
  });
});
