import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { type WebSocket, WebSocketServer } from 'ws';
import { Gateway, type Wire } from './gateway.ts';
import type { GatewayOptions } from './world.ts';

export interface ListeningGateway {
  readonly gateway: Gateway;
  /** For example `ws://127.0.0.1:41234/api`. */
  readonly webSocketUrl: string;
  /** On 127.0.0.1. */
  readonly tcpPort: number;
  stop(): Promise<void>;
}

/** Starts the reference gateway on two free ports of this machine, one for each framing. */
export async function listen(options: GatewayOptions = {}): Promise<ListeningGateway> {
  const gateway = new Gateway(options);
  const webSockets = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    path: '/api',
    handleProtocols: (offered) => (offered.has('jetstream.jsonrpc') ? 'jetstream.jsonrpc' : false),
  });
  webSockets.on('connection', (socket) => gateway.accept(webSocketWire(socket)));
  const tcp = net.createServer((socket) => gateway.accept(tcpWire(socket)));
  tcp.listen(0, '127.0.0.1');
  await Promise.all([once(webSockets, 'listening'), once(tcp, 'listening')]);
  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

  return {
    gateway,
    webSocketUrl: `ws://127.0.0.1:${portOf(webSockets)}/api`,
    tcpPort: portOf(tcp),
    async stop() {
      for (const client of webSockets.clients) client.terminate();
      await gateway.drop();
      await Promise.all([
        new Promise((resolve) => webSockets.close(resolve)),
        new Promise((resolve) => tcp.close(resolve)),
      ]);
    },
  };
}

function webSocketWire(socket: WebSocket): Wire {
  return {
    send: async (text) => socket.send(text),
    onMessage: (handler) =>
      socket.on('message', (data, binary) => {
        if (!binary && data instanceof Buffer) handler(data.toString());
      }),
    onClose: (handler) => socket.on('close', () => handler()),
    async close() {
      socket.close();
    },
  };
}

/** Ends its lines with a carriage return too, and sends empty ones: clients must bear both. */
function tcpWire(socket: net.Socket): Wire {
  socket.on('error', () => undefined);
  return {
    send: async (text) => void socket.write(`\r\n${text}\r\n`),
    onMessage: (handler) =>
      createInterface({ input: socket, crlfDelay: Infinity })
        .on('line', (line) => handler(line))
        // It says again what the socket says of a client that is gone.
        .on('error', () => undefined),
    onClose: (handler) => socket.on('close', () => handler()),
    async close() {
      socket.end();
    },
  };
}
