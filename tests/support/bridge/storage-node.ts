import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const TOKEN_LIFETIME = 120_000;
const FRAME = 64 * 1024;

/** Hash of files and shards, by Node's own digests. */
export function contentHash(content: Uint8Array): string {
  const inner = createHash('sha256').update(content).digest('hex');
  return createHash('ripemd160').update(inner, 'ascii').digest('hex');
}

/** What a node does instead of its duty, from the next connection on. */
export type Misconduct = (socket: WebSocket, shard: Buffer) => void;

/** A storage node in memory (spec section 7): one frame in, shard out, close; open on refusals. */
export class StorageNode {
  readonly #shards = new Map<string, Buffer>();
  readonly #tokens = new Map<string, { hash: string; expires: number }>();
  readonly #server: WebSocketServer;
  misconduct: Misconduct | undefined;
  /** Connections so far. */
  opened = 0;
  /** Most connections at a time so far. */
  peak = 0;

  private constructor(
    server: WebSocketServer,
    readonly now: () => number,
  ) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.opened += 1;
      this.peak = Math.max(this.peak, server.clients.size);
      socket.once('message', (data: Buffer) => this.#serve(socket, data.toString()));
    });
  }

  static async start(now: () => number = Date.now): Promise<StorageNode> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new StorageNode(server, now);
  }

  get channel(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections open now. */
  get connections(): number {
    return this.#server.clients.size;
  }

  store(shard: Buffer): string {
    const hash = contentHash(shard);
    this.#shards.set(hash, shard);
    return hash;
  }

  permit(hash: string): string {
    const token = randomBytes(20).toString('hex');
    this.#tokens.set(token, { hash, expires: this.now() + TOKEN_LIFETIME });
    return token;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: WebSocket, text: string): void {
    const refuse = (message: string) => socket.send(JSON.stringify({ code: 400, message }));
    const request = parse(text);
    if (!request) return refuse('Failed to parse message');
    const { token, hash, operation } = request;
    const permission = this.#tokens.get(String(token));
    this.#tokens.delete(String(token));
    const valid = permission && permission.hash === hash && permission.expires > this.now();
    if (!valid || operation !== 'PULL') return refuse('The supplied token is not accepted');
    const shard = this.#shards.get(permission.hash);
    if (!shard) return refuse('Shard not found');
    if (this.misconduct) return this.misconduct(socket, shard);
    for (let at = 0; at < shard.length; at += FRAME) socket.send(shard.subarray(at, at + FRAME));
    socket.close(1000);
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
