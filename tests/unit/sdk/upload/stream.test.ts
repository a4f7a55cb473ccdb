import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { streamTransport } from '../../../../src/sdk/upload/transports/stream.ts';

const MIB = 1024 * 1024;

let server: Server | undefined;
afterEach(() => server?.close());

/** A real server that breaks every upload after the first bytes. */
async function breakingServer(): Promise<string> {
  server = createServer((req) => req.once('data', () => req.socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/blobs/a`;
}

/** A file of 100 GB, which knows how much of it was read and whether it was let go of. */
function endless() {
  const seen = { read: 0, closed: false };
  const source = {
    name: 'a.bin',
    size: 100_000 * MIB,
    async *stream() {
      try {
        for (;;) {
          seen.read++;
          yield new Uint8Array(MIB);
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        seen.closed = true;
      }
    },
  };
  return { seen, source };
}

function send(url: string, source: ReturnType<typeof endless>['source'], signal?: AbortSignal) {
  const { name, size } = source;
  const content = { source, name, type: '', size, start: 0, toEnd: true };
  const blob = () => Promise.reject(new Error('it has no end'));
  const body = { ...content, replayable: false, blob };
  const hooks = { onSent: () => undefined, onFinishing: () => undefined };
  return streamTransport(fetch).send({
    method: 'PUT',
    url,
    body,
    signal: signal ?? new AbortController().signal,
    ...hooks,
  });
}

describe('a file is read no further, and let go of', () => {
  it('when the connection breaks', async () => {
    const { seen, source } = endless();
    await expect(send(await breakingServer(), source)).rejects.toThrow();
    await expect.poll(() => seen.closed).toBe(true);
    expect(seen.read).toBeLessThan(200);
  });

  it('when the upload is aborted', async () => {
    server = createServer((req) => void req.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { seen, source } = endless();
    const controller = new AbortController();
    const { port } = server.address() as AddressInfo;
    const sending = send(`http://127.0.0.1:${port}/blobs/a`, source, controller.signal);
    await expect.poll(() => seen.read).toBeGreaterThan(2);
    controller.abort(new Error('enough'));
    await expect(sending).rejects.toThrow('enough');
    await expect.poll(() => seen.closed).toBe(true);
    server.closeAllConnections();
  });
});
