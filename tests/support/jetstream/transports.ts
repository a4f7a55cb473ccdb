import { afterEach, describe, expect } from 'vitest';
import {
  JetStream,
  type JetStreamApi,
  type JetStreamOptions,
  type JetStreamTransport,
  MemoryTransport,
} from '../../../src/sdk/jetstream/index.ts';
import { TcpTransport, webSocketTransport } from '../../../src/sdk/jetstream/node.ts';
import type { Gateway } from './gateway.ts';
import { type ListeningGateway, listen } from './listen.ts';
import type { GatewayOptions } from './world.ts';

/** Every way to a gateway. */
const TRANSPORTS: Record<string, (to: ListeningGateway) => JetStreamTransport> = {
  WebSocket: ({ webSocketUrl }) => webSocketTransport({ url: webSocketUrl }),
  TCP: () => new TcpTransport(),
  memory({ gateway }) {
    const [client, server] = MemoryTransport.pair();
    gateway.accept(server);
    return client;
  },
};

interface Setup {
  gateway: Gateway;
  /** Not connected yet; each has a connection of its own. */
  newApi: (options?: JetStreamOptions) => JetStreamApi;
  /** Connected and signed in as `jsmith`. */
  signIn: (options?: JetStreamOptions) => Promise<JetStreamApi>;
}

/**
 * Runs a suite once for each transport, against a gateway of its own for each test. A test in which
 * the client breaks a rule of the protocol fails.
 */
export function overEveryTransport(
  suite: (setUp: (options?: GatewayOptions) => Promise<Setup>) => void,
): void {
  describe.each(Object.entries(TRANSPORTS))('over %s', (_name, transportTo) => {
    const gateways: ListeningGateway[] = [];
    const apis: JetStreamApi[] = [];

    afterEach(async () => {
      await Promise.all(apis.splice(0).map((api) => api.disconnect()));
      const listening = gateways.splice(0);
      await Promise.all(listening.map((gateway) => gateway.stop()));
      expect(listening.flatMap(({ gateway }) => gateway.violations)).toEqual([]);
    });

    suite(async (options) => {
      const listening = await listen(options);
      gateways.push(listening);
      const newApi = (more: JetStreamOptions = {}) => {
        const client = new JetStream({
          transport: () => transportTo(listening),
          defaults: { intervalMs: 1 },
          ...more,
        });
        const api = client.api('127.0.0.1', listening.tcpPort);
        apis.push(api);
        return api;
      };
      return {
        gateway: listening.gateway,
        newApi,
        async signIn(more) {
          const api = await newApi(more).connect();
          await api.server.auth('jsmith', 'secret');
          return api;
        },
      };
    });
  });
}
