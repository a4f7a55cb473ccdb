import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** A narrow uplink: what clients send arrives at a limited pace, answers come back at once. */
export interface SlowProxy {
  /** For example `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** Method and path of every request so far, in order. */
  readonly requests: readonly string[];
  /** Where new connections lead. */
  leadTo: (origin: string) => void;
  /** Bytes per second of each connection, from now on; `Infinity` at first. */
  pace: (bytesPerSecond: number) => void;
  stop: () => Promise<void>;
}

export async function startSlowProxy(): Promise<SlowProxy> {
  let port = 0;
  let rate = Infinity;
  const sockets = new Set<Socket>();
  const requests: string[] = [];

  async function passOn(client: Socket, server: Socket) {
    for await (const chunk of client) {
      // Clients wait for an answer before they ask again, so a request begins with what is read.
      const [, request] = /^([A-Z]+ \S+) HTTP\/1\.1\r\n/.exec(chunk.toString('latin1')) ?? [];
      if (request !== undefined) requests.push(request);
      server.write(chunk);
      await setTimeout((chunk.length / rate) * 1000);
    }
    server.end();
  }

  const proxy = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
    }
    server.pipe(client);
    passOn(client, server).catch(() => server.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    requests,
    leadTo(origin) {
      port = Number(new URL(origin).port);
    },
    pace(bytesPerSecond) {
      rate = bytesPerSecond;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
