import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';

export interface Listening {
  /** With its final slash. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listening> {
  const server = createServer((request, response) => {
    // A client that went away in the middle is some tests' purpose.
    handle(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** `Array.fromAsync`, which Node 20 does not have. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await collect(stream));
}

export interface Part {
  name: string;
  filename: string | undefined;
  bytes: Buffer;
}

/** The parts of a multipart body in the order they were sent. */
export async function parseMultipart(headers: IncomingHttpHeaders, body: Buffer): Promise<Part[]> {
  const contentType = headers['content-type'] ?? '';
  const parser = new Busboy({ headers: { ...headers, 'content-type': contentType } });
  const parts: Promise<Part>[] = [];
  parser.on('field', (name, value) =>
    parts.push(Promise.resolve({ name, filename: undefined, bytes: Buffer.from(value) })),
  );
  parser.on('file', (name, stream, filename) =>
    parts.push(readAll(stream).then((bytes) => ({ name, filename, bytes }))),
  );
  const finished = once(parser, 'finish');
  Readable.from([body]).pipe(parser);
  await finished;
  return Promise.all(parts);
}
