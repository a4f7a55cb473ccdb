import { describe, expect, it } from 'vitest';
import {
  JetStream,
  JetStreamConnectionError,
  type JetStreamTransport,
  MemoryTransport,
} from '../../../../src/sdk/jetstream/index.ts';
import { scriptedServer } from '../../../support/jetstream/script.ts';

/** A transport that connects when the test says so. */
function slowTransport() {
  let opened = () => {};
  let refused = (_reason: Error) => {};
  const log: string[] = [];
  const transport: JetStreamTransport = {
    open: ({ host, port }) => {
      log.push(`open ${host} ${port}`);
      return new Promise((resolve, reject) => {
        opened = resolve;
        refused = reject;
      });
    },
    send: async () => undefined,
    onMessage: () => undefined,
    onClose: () => undefined,
    close: async () => {
      log.push('close');
    },
  };
  return { transport, log, opened: () => opened(), refused: (reason: Error) => refused(reason) };
}

const never = (): never => {
  throw new Error('nobody asked for a third');
};

describe('connecting', () => {
  it('opens the default port, and once for calls at the same time', async () => {
    const slow = slowTransport();
    const api = new JetStream({ transport: slow.transport }).api('files.example.org');
    const both = Promise.all([api.connect(), api.connect()]);
    expect(api.connected).toBe(false);
    slow.opened();
    await expect(both).resolves.toEqual([api, api]);
    await expect(api.connect()).resolves.toBe(api);
    expect(slow.log).toEqual(['open files.example.org 8886']);
    expect(api.connected).toBe(true);
  });

  it('rejects with the cause and can be tried again', async () => {
    const slow = slowTransport();
    const api = new JetStream({ transport: slow.transport }).api('2001:db8::1', 9000);
    const first = api.connect();
    const cause = new Error('ECONNREFUSED');
    slow.refused(cause);
    const error = await first.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JetStreamConnectionError);
    expect(error).toMatchObject({ message: 'Could not connect to [2001:db8::1]:9000.', cause });
    const second = api.connect();
    slow.opened();
    await second;
    expect(api.connected).toBe(true);
  });

  it('is given up at a signal, and what comes late is closed', async () => {
    const slow = slowTransport();
    const api = new JetStream({ transport: slow.transport }).api('h');
    const controller = new AbortController();
    const attempt = api.connect({ signal: controller.signal });
    controller.abort(new Error('enough'));
    slow.opened();
    await expect(attempt).rejects.toThrow('enough');
    expect(slow.log).toEqual(['open h 8886', 'close']);
    expect(api.connected).toBe(false);
    await expect(api.connect({ signal: controller.signal })).rejects.toThrow('enough');
  });

  it('goes on for the others when one caller gives up', async () => {
    const slow = slowTransport();
    const api = new JetStream({ transport: slow.transport }).api('h');
    const controller = new AbortController();
    const first = api.connect({ signal: controller.signal });
    const others = [api.connect(), api.connect({ signal: new AbortController().signal })];
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    slow.opened();
    await expect(Promise.all(others)).resolves.toEqual([api, api]);
    expect(slow.log).toEqual(['open h 8886']);
    expect(api.connected).toBe(true);
  });

  it('is given up when the last caller has gone, and begins anew for the next', async () => {
    const attempts = [slowTransport(), slowTransport()];
    const transports = attempts.map(({ transport }) => transport);
    const api = new JetStream({ transport: () => transports.shift() ?? never() }).api('h');
    const controllers = [new AbortController(), new AbortController()];
    const gone = Promise.allSettled(controllers.map(({ signal }) => api.connect({ signal })));
    for (const [i, controller] of controllers.entries()) controller.abort(`enough of ${i}`);
    const next = api.connect();
    for (const { opened } of attempts) opened();
    await next;
    expect(await gone).toMatchObject([{ reason: 'enough of 0' }, { reason: 'enough of 1' }]);
    expect(attempts.map(({ log }) => log)).toEqual([['open h 8886', 'close'], ['open h 8886']]);
    expect(api.connected).toBe(true);
  });

  it('is given up by disconnect()', async () => {
    const slow = slowTransport();
    const api = new JetStream({ transport: slow.transport }).api('h');
    const attempt = expect(api.connect()).rejects.toThrow(JetStreamConnectionError);
    await api.disconnect();
    slow.opened();
    await attempt;
    expect(slow.log).toContain('close');
  });

  it('begins anew after disconnect(), whatever the first attempt does', async () => {
    const attempts = [slowTransport(), slowTransport()];
    const transports = attempts.map(({ transport }) => transport);
    const api = new JetStream({ transport: () => transports.shift() ?? never() }).api('h');
    const first = expect(api.connect()).rejects.toThrow('while connecting');
    await api.disconnect();
    const second = api.connect();
    attempts[1]?.opened();
    await second;
    attempts[0]?.opened();
    await first;
    expect(attempts[0]?.log).toContain('close');
    expect(api.connected).toBe(true);
  });

  it('gives each API object a transport of its own when a function makes them', async () => {
    const client = new JetStream({
      transport: () => scriptedServer(() => ({ serverName: 'x' })).transport,
    });
    const [one, two] = await Promise.all([client.api('a').connect(), client.api('b').connect()]);
    await one.disconnect();
    await expect(two.server.getServerInfo()).resolves.toEqual({ serverName: 'x' });
  });

  it('says how to get a WebSocket where there is none', async () => {
    const hidden = globalThis.WebSocket;
    Reflect.deleteProperty(globalThis, 'WebSocket');
    try {
      const error = await new JetStream()
        .api('h')
        .connect()
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        cause: { message: /new WebSocketTransport\(\{ WebSocket \}\)/ },
      });
    } finally {
      if (hidden) globalThis.WebSocket = hidden;
    }
  });
});

describe('an API object', () => {
  it('rejects calls before it is connected and after it is disconnected', async () => {
    const { transport } = scriptedServer();
    const api = new JetStream({ transport }).api('h');
    await expect(api.send.getManifests()).rejects.toThrow(JetStreamConnectionError);
    await expect(api.recv.getSourcesAsync()).rejects.toThrow('There is no connection to h:8886.');
    await api.connect();
    await api.disconnect();
    await api.disconnect();
    await expect(api.server.getRequestResult(1)).rejects.toThrow(JetStreamConnectionError);
  });
});

describe('a pair of memory ends', () => {
  it('delivers in order, not within the call, and not after the end', async () => {
    const [one, other] = MemoryTransport.pair();
    const heard: string[] = [];
    other.onMessage((text) => heard.push(text));
    const sent = [one.send('a'), one.send('b')];
    expect(heard).toEqual([]);
    await Promise.all(sent);
    await one.close();
    expect(heard).toEqual(['a', 'b']);
    await expect(one.send('c')).rejects.toThrow('The other end is gone.');
    await expect(one.open()).rejects.toThrow('Make a new pair.');
    await expect(other.send('d')).rejects.toThrow('The other end is gone.');
  });

  it('does not deliver to an end that has closed', async () => {
    const [one, other] = MemoryTransport.pair();
    const heard: string[] = [];
    other.onMessage((text) => heard.push(text));
    const sent = one.send('a');
    await other.close();
    await sent;
    expect(heard).toEqual([]);
  });

  it('tells both ends of the end, once', async () => {
    const [one, other] = MemoryTransport.pair();
    const ends: string[] = [];
    one.onClose(() => ends.push('one'));
    other.onClose(() => ends.push('other'));
    await Promise.all([one.close(), other.close(), one.close()]);
    await expect.poll(() => ends.sort()).toEqual(['one', 'other']);
  });
});
