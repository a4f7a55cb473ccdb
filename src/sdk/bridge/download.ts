import { abortScope } from './abort-scope.ts';
import { fetchShard } from './channel.ts';
import { BridgeChannelError } from './errors/channel-error.ts';
import { FileHasher } from './hash.ts';
import type { Pointer } from './shapes.ts';
import type { ChannelSocketConstructor } from './socket.ts';

/** Storage nodes forget a pointer's token after about two minutes (spec section 7). */
const POINTER_LIFETIME = 90_000;

const MAX_CONCURRENCY = 4;

export interface DownloadRequest {
  hash: string;
  /** Asks for the list of shards. It may be called again while `renewable`. */
  pointers: (signal: AbortSignal) => Promise<Pointer[]>;
  /** False when the list can be had only once, with a token of the caller's. */
  renewable: boolean;
  WebSocket: ChannelSocketConstructor;
  now: () => number;
  concurrency: number;
  stallTimeout: number;
  maxShardSize: number;
  signal: AbortSignal | undefined;
  onShard: (progress: { loaded: number; shard: number; shards: number }) => void;
  onError: (error: unknown) => void;
}

/**
 * The file as a stream of verified bytes. Nothing is asked for before the first read, and at most
 * `concurrency` shards are held. Cancelling closes every socket.
 */
export function downloadStream(request: DownloadRequest): ReadableStream<Uint8Array> {
  const scope = abortScope(request.signal);
  const chunks = verifiedChunks(request, scope.signal);
  const end = (reason: unknown): void => {
    scope.abort(reason);
    scope.release();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          scope.signal.throwIfAborted();
          const { done, value } = await chunks.next();
          if (!done) return controller.enqueue(value);
          scope.release();
          controller.close();
        } catch (error) {
          end(error);
          request.onError(error);
          throw error;
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

/** The last shard is handed out only when the hash of the whole file is right. */
async function* verifiedChunks(
  request: DownloadRequest,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const list = new PointerList(request, signal);
  const shards = await list.length();
  const ahead = Math.min(Math.max(Math.trunc(request.concurrency), 1), MAX_CONCURRENCY);
  const running: Promise<Uint8Array[]>[] = [];
  const hasher = new FileHasher();
  let asked = 0;
  let loaded = 0;
  for (let shard = 0; shard < shards; shard++) {
    while (asked < Math.min(shard + ahead, shards)) running.push(quiet(fetchNext(asked++)));
    const chunks = (await running.shift()) ?? [];
    for (const chunk of chunks) {
      hasher.update(chunk);
      loaded += chunk.length;
    }
    if (shard === shards - 1) check(hasher, request.hash, shard);
    request.onShard({ loaded, shard: shard + 1, shards });
    yield* chunks;
  }
  if (shards === 0) check(hasher, request.hash, 0);

  async function fetchNext(shard: number): Promise<Uint8Array[]> {
    const { WebSocket, stallTimeout, maxShardSize } = request;
    const pointer = await list.at(shard);
    return fetchShard({ pointer, shard, WebSocket, stallTimeout, maxShardSize, signal });
  }
}

/** A shard that fails ahead of its turn is reported when its turn comes. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function check(hasher: FileHasher, hash: string, shard: number): void {
  if (hasher.digest() === hash) return;
  const message = 'The shards are right, but together they are not the file that was asked for.';
  throw new BridgeChannelError(message, 'hash-mismatch', shard);
}

/** The shards' addresses, asked anew when their tokens are about to lapse. */
class PointerList {
  readonly #request: DownloadRequest;
  readonly #signal: AbortSignal;
  #fetchedAt = 0;
  #pointers: Promise<Pointer[]>;

  constructor(request: DownloadRequest, signal: AbortSignal) {
    this.#request = request;
    this.#signal = signal;
    this.#pointers = this.#fetch();
  }

  #fetch(): Promise<Pointer[]> {
    this.#fetchedAt = this.#request.now();
    return this.#request.pointers(this.#signal);
  }

  async length(): Promise<number> {
    return (await this.#pointers).length;
  }

  async at(shard: number): Promise<Pointer> {
    const stale = this.#request.now() - this.#fetchedAt > POINTER_LIFETIME;
    if (stale && this.#request.renewable) this.#pointers = this.#fetch();
    const pointer = (await this.#pointers)[shard];
    if (pointer) return pointer;
    const message = 'The file changed while it was downloaded. Start the download again.';
    throw new BridgeChannelError(message, 'hash-mismatch', shard);
  }
}
