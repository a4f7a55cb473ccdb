import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { type Listening, listen, readAll } from './http.ts';

type Recorded = { text: string } | { base64: string } | null;

export interface Exchange {
  request: { method: string; target: string; headers: [string, string][]; body: Recorded };
  response: { status: number; headers: [string, string][]; body: Recorded };
}

export interface Case {
  name: string;
  exchanges: Exchange[];
  result?: unknown;
  error?: { kind?: string; status?: number; detail?: unknown };
}

export interface Recording {
  about: { credentials: Record<string, string> };
  cases: Case[];
}

const folder = new URL('./recordings/', import.meta.url);

export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}

export interface HeaderVector {
  consumerKey: string;
  consumerSecret: string;
  token: string | null;
  tokenSecret: string | null;
  callback: string | null;
  nonce: string;
  timestamp: string;
  /** As they stand between the quotes. */
  headerParameters: Record<string, string>;
}

export function readHeaderVectors(): HeaderVector[] {
  const path = new URL('oauth-plaintext-headers.json', folder);
  return JSON.parse(readFileSync(path, 'utf8')).vectors;
}

export function bytesOf(body: Recorded): Buffer {
  if (body === null) return Buffer.alloc(0);
  return 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
}

export interface SeenRequest {
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Replay extends Listening {
  /** What the client has sent. */
  readonly requests: SeenRequest[];
}

/** A server that gives the recorded answers in their order; 500 when it is asked once more. */
export async function replay(exchanges: readonly Pick<Exchange, 'response'>[]): Promise<Replay> {
  const requests: SeenRequest[] = [];
  const answers = exchanges.map(({ response }) => response);
  const listening = await listen(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, target: url, headers, body: await readAll(request) });
    const answer = answers.shift();
    if (answer) response.writeHead(answer.status, answer.headers.flat()).end(bytesOf(answer.body));
    else response.writeHead(500).end('nothing more was recorded');
  });
  return { ...listening, requests };
}
