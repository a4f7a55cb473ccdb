import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the server does with one request; the last step is repeated. */
export type Step = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface FaultServer {
  origin: string;
  /** Method, path and query of every request, in order. */
  requests: { method: string; url: string; body: string; headers: IncomingMessage['headers'] }[];
  stop(): Promise<void>;
}

/** A server for faults that a sound one never makes: it follows a script. */
export async function faultServer(...script: [Step, ...Step[]]): Promise<FaultServer> {
  const requests: FaultServer['requests'] = [];
  const server = createServer((request, response) => {
    const entry = {
      method: request.method ?? '',
      url: request.url ?? '',
      body: '',
      headers: request.headers,
    };
    const step = script[Math.min(requests.length, script.length - 1)];
    requests.push(entry);
    request.setEncoding('latin1').on('data', (text: string) => (entry.body += text));
    request.on('error', () => undefined);
    // A client that goes away ends the step; that is part of the script.
    Promise.resolve(step?.(request, response)).catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Reads the whole request, then answers. */
export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Step =>
  async (request, response) => {
    if (!request.readableEnded) await once(request, 'end');
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };

/** Cuts the connection without an answer after some bytes of the body. */
export const cut =
  (afterBytes = 0): Step =>
  (request) => {
    let seen = 0;
    if (afterBytes === 0) request.socket.destroy();
    request.on('data', (chunk: string) => {
      seen += chunk.length;
      if (seen >= afterBytes) request.socket.destroy();
    });
  };
