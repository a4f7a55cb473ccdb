import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  JetStream,
  type Manifest,
  type WaitDefaults,
  type WaitOptions,
} from '../../../../src/sdk/jetstream/index.ts';
import { scriptedServer } from '../../../support/jetstream/script.ts';

const pending = { manifestId: '1', processing: true, status: 'pending', errorMessage: null };
const complete = { ...pending, processing: false, status: 'complete' };
const failed = { ...pending, processing: false, status: 'error', errorMessage: null };

interface Scene {
  /** Structures that looks find, the last one for ever. */
  looks?: (typeof pending)[];
  features?: unknown;
  defaults?: WaitDefaults;
}

async function scene({ looks = [pending], features = [], defaults = {} }: Scene) {
  let look = 0;
  const server = scriptedServer(({ method }) => {
    if (method === 'server.getServerInfo') return { features };
    if (method === 'send.waitForManifest') return complete;
    look += 1;
    return looks[Math.min(look, looks.length) - 1];
  });
  const api = await new JetStream({ transport: server.transport, defaults }).api('h').connect();
  const count = () => server.messages.filter(({ method }) => method === 'send.getManifest').length;
  const wait = (options?: WaitOptions<Manifest>) => api.send.waitForManifest('1', options);
  return { api, server, looks: count, wait };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

describe('a waiter', () => {
  it('looks every second', async () => {
    const { looks, wait } = await scene({ looks: [pending, pending, complete] });
    const waiting = wait();
    await vi.advanceTimersByTimeAsync(999);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks()).toBe(2);
    await vi.advanceTimersByTimeAsync(1000);
    await expect(waiting).resolves.toEqual(complete);
  });

  it('looks as often as the call, or else the client, wants', async () => {
    const { looks, wait } = await scene({ defaults: { intervalMs: 100 } });
    const one = wait({ timeoutMs: 450 }).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(450);
    await one;
    expect(looks()).toBe(5);
    const two = wait({ timeoutMs: 450, intervalMs: 200 }).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(450);
    await two;
    expect(looks()).toBe(8);
  });

  it('looks anew even when it is given a structure that has stopped', async () => {
    const { api, looks } = await scene({ looks: [complete] });
    await api.send.waitForManifest(complete);
    expect(looks()).toBe(1);
  });

  it.each([Infinity, 2 ** 40])('has a time of %d ms as if it had none', async (timeoutMs) => {
    const { wait } = await scene({ looks: [pending, pending, complete] });
    const waiting = wait({ timeoutMs });
    await vi.advanceTimersByTimeAsync(2000);
    await expect(waiting).resolves.toEqual(complete);
  });

  it('ends after its time, with the work and the connection untouched', async () => {
    const { api, wait, looks } = await scene({});
    const waiting = expect(wait({ timeoutMs: 2500 })).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'The operation did not stop within 2500 ms.',
    });
    await vi.advanceTimersByTimeAsync(2500);
    await waiting;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looks()).toBe(3);
    expect(api.connected).toBe(true);
  });

  it('ends at once when its signal aborts', async () => {
    const { wait, looks } = await scene({});
    const controller = new AbortController();
    const reason = new Error('closed the window');
    const waiting = expect(wait({ signal: controller.signal })).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(1500);
    controller.abort(reason);
    await waiting;
    expect(looks()).toBe(2);
    await expect(wait({ signal: controller.signal })).rejects.toBe(reason);
    expect(looks()).toBe(2);
  });

  it('ends when what it reports to throws', async () => {
    const { wait } = await scene({});
    const onProgress = () => {
      throw new Error('no such element');
    };
    await expect(wait({ onProgress })).rejects.toThrow('no such element');
  });

  it('rejects when the connection ends', async () => {
    const { wait, server } = await scene({});
    const waiting = expect(wait()).rejects.toThrow('The connection to h:8886 is closed.');
    await vi.advanceTimersByTimeAsync(10);
    await server.close();
    await vi.advanceTimersByTimeAsync(1000);
    await waiting;
  });

  it('rejects an operation that failed without a reason with a sentence, if wanted', async () => {
    const { wait } = await scene({ looks: [failed], defaults: { throwOnError: true } });
    await expect(wait()).rejects.toThrow('The operation stopped with an error.');
    await expect(wait({ throwOnError: false })).resolves.toEqual(failed);
  });

  it('needs a connection', async () => {
    const api = new JetStream().api('h');
    await expect(api.send.waitForTransfer('1')).rejects.toThrow('Call connect() first');
  });
});

describe('a server that answers late', () => {
  it('is asked once for its features and not polled', async () => {
    const { wait, server, looks } = await scene({ features: ['waitFor'] });
    await expect(wait()).resolves.toEqual(complete);
    await expect(wait()).resolves.toEqual(complete);
    expect(server.messages.map(({ method }) => method)).toEqual([
      'server.getServerInfo',
      'send.waitForManifest',
      'send.waitForManifest',
    ]);
    expect(looks()).toBe(0);
  });

  it('is asked again on a new connection, behind which there may be another', async () => {
    const features = [['waitFor'], []];
    const servers = features.map((features) =>
      scriptedServer(({ method }) => (method === 'server.getServerInfo' ? { features } : complete)),
    );
    const left = servers.map(({ transport }) => transport);
    const api = new JetStream({ transport: () => left.shift() ?? servers[0]!.transport }).api('h');
    for (const method of ['send.waitForManifest', 'send.getManifest']) {
      await api.connect();
      await api.send.waitForManifest('1');
      await api.disconnect();
      const server = servers.shift();
      expect(server?.messages.map(({ method }) => method)).toEqual([
        'server.getServerInfo',
        method,
      ]);
    }
  });

  it('is polled as well when there is progress to report', async () => {
    const { wait, server } = await scene({ features: ['waitFor'] });
    const seen: string[] = [];
    const stopped = await wait({ onProgress: ({ status }) => seen.push(status) });
    expect(stopped).toEqual(complete);
    expect(server.messages.map(({ method }) => method)).toContain('send.getManifest');
    expect(seen.at(0)).toBe('complete');
  });

  it('is polled when it will not tell its features', async () => {
    const { wait, looks } = await scene({ features: 'all of them', looks: [complete] });
    await expect(wait()).resolves.toEqual(complete);
    expect(looks()).toBe(1);
  });
});

describe('news from the server', () => {
  const event = (method: string, structure: object) =>
    JSON.stringify({ jsonrpc: '2.0', method, params: structure });
  const news = (structure: object) => event('event.manifest', structure);

  it('of another transfer, or of a manifest with the same id, are passed over', async () => {
    const transfer = { transferId: '1', manifestId: '1', processing: true, status: 'sending' };
    const done = { ...transfer, processing: false, status: 'complete' };
    const server = scriptedServer(() => transfer);
    const api = await new JetStream({ transport: server.transport }).api('h').connect();
    const seen: string[] = [];
    const onProgress = ({ status }: { status: string }) => seen.push(status);
    const waiting = api.send.waitForTransfer('1', { onProgress });
    await vi.advanceTimersByTimeAsync(10);
    await server.say(event('event.transfer', { ...done, transferId: '2', status: 'error' }));
    await server.say(event('event.manifest', { ...done, status: 'error' }));
    await server.say(event('event.transfer', done));
    await expect(waiting).resolves.toEqual(done);
    expect(seen).toEqual(['sending', 'complete']);
  });

  it('spare a look and end the waiting, after which nothing is reported', async () => {
    const { api, wait, server, looks } = await scene({});
    const seen: unknown[] = [];
    const waiting = wait({ onProgress: (snapshot) => seen.push(snapshot) });
    await vi.advanceTimersByTimeAsync(500);
    await server.say(news({ ...pending, totalFiles: 3 }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks()).toBe(2);
    await server.say(news({ ...complete, manifestId: 'another' }));
    await server.say(news(complete));
    await expect(waiting).resolves.toEqual(complete);
    await server.say(news(pending));
    await api.server.getServerInfo();
    expect(seen).toEqual([pending, { ...pending, totalFiles: 3 }, pending, complete]);
  });

  it('end the waiting when what they are reported to throws', async () => {
    const { api, wait, server } = await scene({});
    let calls = 0;
    const onProgress = () => {
      calls += 1;
      if (calls === 2) throw new Error('no such element');
    };
    const waiting = expect(wait({ onProgress })).rejects.toThrow('no such element');
    await vi.advanceTimersByTimeAsync(10);
    await server.say(news(pending));
    await waiting;
    expect(api.connected).toBe(true);
  });
});
