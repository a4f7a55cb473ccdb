import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Accounts, Refusal } from './bridge-accounts.ts';
import { type Answer, Bridge } from './bridge-routes.ts';
import { StorageNode } from './storage-node.ts';

interface SeenRequest {
  method: string;
  target: string;
  headers: IncomingMessage['headers'];
  /** Text of a JSON body; empty for transfers. */
  body: string;
}

export interface LocalBridge {
  baseUrl: string;
  accounts: Accounts;
  bridge: Bridge;
  node: StorageNode;
  /** Every request so far, in the order of arrival. */
  seen: SeenRequest[];
  /** Answers the next request instead of the service. */
  answerNext: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  stop(): Promise<void>;
}

export interface LocalBridgeOptions {
  /** Bytes after which a shard is cut; default 8 MiB. */
  shardSize?: number;
  /** Milliseconds since 1970, for the lifetimes of tokens. */
  now?: () => number;
}

/** A Bridge of revision 0.4.3 with one storage node, both in memory (spec sections 2 to 8). */
export async function startBridge(options: LocalBridgeOptions = {}): Promise<LocalBridge> {
  const { shardSize = 8 * 2 ** 20, now = Date.now } = options;
  const node = await StorageNode.start(now);
  const accounts = new Accounts();
  const bridge = new Bridge(accounts, node, shardSize, now);
  const server = createServer((request, response) => {
    // A client that went away in the middle is some tests' purpose.
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const local: LocalBridge = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accounts,
    bridge,
    node,
    seen: [],
    answerNext: undefined,
    async stop() {
      server.closeAllConnections();
      await Promise.all([node.stop(), new Promise((resolve) => server.close(resolve))]);
    },
  };
  return local;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    allowOrigin(message, response);
    const { method = '', url = '', headers } = message;
    if (method === 'OPTIONS') return void response.writeHead(204).end();
    const { answerNext } = local;
    local.answerNext = undefined;
    if (answerNext) return answerNext(message, response);

    const isJson = headers['content-type'] === 'application/json';
    const body = isJson ? await text(message) : '';
    local.seen.push({ method, target: url, headers, body });
    const [path = '', query = ''] = url.split('?');
    try {
      const fields = isJson ? JSON.parse(body) : {};
      const hasBody = method === 'POST' || method === 'PATCH' || method === 'PUT';
      const payload = hasBody ? body : query;
      const parts = { message, method, path, payload, headers, fields };
      const answer = await bridge.answer({ ...parts, query: new URLSearchParams(query) });
      send(response, answer);
    } catch (error) {
      const { status, message: sentence } =
        error instanceof Refusal ? error : { status: 500, message: String(error) };
      message.resume();
      send(response, { status, body: { error: sentence } });
    }
  }
}

/** Any origin is reflected, and a preflight allows what it asks for (spec section 1). */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  if (headers.origin) response.setHeader('Access-Control-Allow-Origin', headers.origin);
  const asked = headers['access-control-request-headers'];
  if (asked === undefined) return;
  response.setHeader('Access-Control-Allow-Headers', asked);
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PATCH, PUT, DELETE');
}

function send(response: ServerResponse, { status, body, location }: Answer): void {
  if (location) response.setHeader('Location', location);
  if (body === undefined) return void response.writeHead(status).end();
  const content = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(content);
}
