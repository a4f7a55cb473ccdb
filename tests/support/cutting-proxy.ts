import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A connection that breaks: what the server sends passes until so many bytes, then it is cut. */
export interface CuttingProxy {
  readonly origin: string;
  leadTo(origin: string): void;
  /** Bytes of each connection from now on; `Infinity` at first. */
  cutAfter(bytes: number): void;
  stop(): Promise<void>;
}

export async function startCuttingProxy(): Promise<CuttingProxy> {
  let port = 0;
  let limit = Number.POSITIVE_INFINITY;
  const clients = new Set<Socket>();
  const proxy = createServer((client) => {
    clients.add(client);
    const server = connect({ port, host: '127.0.0.1' });
    const end = () => {
      client.destroy();
      server.destroy();
    };
    let passed = 0;
    client.on('error', end).on('close', end).pipe(server);
    server.on('error', end).on('end', () => client.end());
    server.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed > limit) return end();
      client.write(chunk);
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    leadTo(origin) {
      port = Number(new URL(origin).port);
    },
    cutAfter(bytes) {
      limit = bytes;
    },
    async stop() {
      for (const client of clients) client.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
