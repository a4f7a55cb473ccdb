import { array } from '../../protocol/decoder.ts';
import { SourceChangedError } from '../http/call-errors.ts';
import { abortScope } from './abort-scope.ts';
import type { Endpoint } from './address.ts';
import { decodeFileEntry, decodeNothing, decodePointer } from './decoders.ts';
import { downloadStream } from './download.ts';
import { BridgeError } from './errors/bridge-error.ts';
import { BridgeChannelError } from './errors/channel-error.ts';
import type { BridgeEvents } from './events.ts';
import { fileHash } from './hash.ts';
import type { CallOptions, Requests } from './requests.ts';
import type { FileEntry, Operation, Pointer, Token } from './shapes.ts';
import type { ChannelSocketConstructor } from './socket.ts';
import { stoppable } from './stoppable.ts';
import type { Tokens } from './tokens.ts';

const PULL: Endpoint = 'GET /buckets/:id/files/:hash';
const PUSH: Endpoint = 'PUT /buckets/:id/files';

/** Options of every transfer. */
export interface TransferOptions extends CallOptions {
  /** A token of the right operation for the bucket; by default one is made. */
  token?: Token | string;
}

/** Options of `Files.upload`. */
export interface UploadOptions extends TransferOptions {
  /** Name of the entry; default is the name of a `File`. Double quotes become single ones. */
  filename?: string;
  /** Milliseconds; default a minute and the time the file takes at 50 kB/s. */
  timeout?: number;
}

/** Options of `Files.download`. */
export interface DownloadOptions extends TransferOptions {
  /** Shards of about 8 MiB that are fetched at a time, 1 to 4; default 1. */
  concurrency?: number;
  /** Milliseconds without a frame after which a storage node is given up; default 120,000. */
  stallTimeout?: number;
  /** Bytes of a shard after which a storage node is given up; default 64 MiB. */
  maxShardSize?: number;
}

export interface FilesContext {
  requests: Requests;
  tokens: Tokens;
  events: BridgeEvents;
  WebSocket: () => ChannelSocketConstructor;
  now: () => number;
  /** The client can make tokens of its own. */
  authenticated: boolean;
}

/** Files of a bucket (spec sections 6 and 7). */
export class Files {
  readonly #context: FilesContext;

  constructor(context: FilesContext) {
    this.#context = context;
  }

  /**
   * The entries of a bucket; none of their bytes are fetched.
   * @throws BridgeError `not-found`, also for the bucket of somebody else
   */
  list(bucketId: string, options: CallOptions = {}): Promise<FileEntry[]> {
    return this.#context.requests.authenticated('GET /buckets/:id/files', {
      ...options,
      params: { id: bucketId },
      decode: array(decodeFileEntry),
    });
  }

  /**
   * Takes the entry out of the bucket. The same content in another bucket stays.
   * @param hash of the entry, see `fileHash`
   * @throws BridgeError `not-found`
   */
  remove(bucketId: string, hash: string, options: CallOptions = {}): Promise<void> {
    return this.#context.requests.authenticated('DELETE /buckets/:id/files/:hash', {
      ...options,
      params: { id: bucketId, hash },
      decode: decodeNothing,
    });
  }

  /**
   * Sends a file and compares the hash of what the server stored with that of what was read.
   *
   * @throws TypeError without a name: the server would never answer
   * @throws SourceChangedError when the file has changed or gone since it was chosen
   * @throws BridgeError with code `hash-mismatch` when the server stored something else
   */
  async upload(bucketId: string, file: Blob, options: UploadOptions = {}): Promise<FileEntry> {
    const { requests, events } = this.#context;
    const filename = uploadName(file, options.filename);
    const { size: total } = file;
    await probe(file);
    const token = await this.#token(bucketId, 'PUSH', options);

    const scope = abortScope(options.signal);
    const { signal } = scope;
    const body = new FormData();
    body.append('data', stoppable(file, filename, signal));
    let reported = -1;
    const report = (loaded: number): void => {
      if (loaded <= reported) return;
      reported = loaded;
      events.emit({ type: 'upload', bucketId, filename, loaded, total });
    };
    report(0);
    try {
      const [entry, hash] = await Promise.all([
        requests.upload(PUSH, {
          params: { id: bucketId },
          headers: { 'x-token': token, 'x-filesize': String(total) },
          body,
          timeout: options.timeout ?? 60_000 + Math.ceil(total / 50),
          // Without the frame around the file, which is as good as sent first.
          onSent: (sent, framed) => report(sent - (framed - total)),
          signal,
          decode: decodeFileEntry,
        }),
        fileHash(file, signal),
      ]);
      if (entry.hash !== hash) {
        const message =
          'The Bridge stored other bytes than were sent. Remove the file and try again.';
        throw new BridgeError(message, 'hash-mismatch', 200, PUSH);
      }
      report(total);
      events.emit({ type: 'stored', entry });
      return entry;
    } catch (error) {
      scope.abort(error);
      throw error;
    } finally {
      scope.release();
    }
  }

  /** Where the shards of a file lie, in order; for {@link Files.download}, which asks by itself. */
  async pointers(
    bucketId: string,
    hash: string,
    options: TransferOptions = {},
  ): Promise<Pointer[]> {
    const token = await this.#token(bucketId, 'PULL', options);
    return await this.#context.requests.permitted(PULL, {
      params: { id: bucketId, hash },
      headers: { 'x-token': token },
      signal: options.signal,
      decode: array(decodePointer),
    });
  }

  /**
   * The bytes of a file, each shard and the whole verified before they are handed out. Nothing
   * happens before the first read. The stream fails with a BridgeError, BridgeConnectionError,
   * BridgeChannelError or the signal's reason.
   *
   * @example
   * const blob = await new Response(bridge.files.download(bucket.id, entry.hash)).blob();
   */
  download(
    bucketId: string,
    hash: string,
    { token, ...options }: DownloadOptions = {},
  ): ReadableStream<Uint8Array> {
    const { events, WebSocket, now, authenticated } = this.#context;
    let given = token;
    return downloadStream({
      hash,
      pointers: (signal) => {
        const first = given;
        given = undefined;
        return this.pointers(bucketId, hash, { signal, ...(first && { token: first }) });
      },
      renewable: authenticated,
      WebSocket: WebSocket(),
      now,
      concurrency: options.concurrency ?? 1,
      stallTimeout: options.stallTimeout ?? 120_000,
      maxShardSize: options.maxShardSize ?? 64 * 2 ** 20,
      signal: options.signal,
      onShard: (progress) => events.emit({ type: 'download', bucketId, hash, ...progress }),
      onError: (error) => {
        if (!(error instanceof BridgeChannelError)) return;
        events.emit({ type: 'failure', endpoint: PULL, error });
      },
    });
  }

  async #token(
    bucketId: string,
    operation: Operation,
    { token, signal }: TransferOptions,
  ): Promise<string> {
    const made = token ?? (await this.#context.tokens.create(bucketId, operation, { signal }));
    const text = typeof made === 'string' ? made : made.token;
    // Checked here, because fetch would repeat a malformed value in its error.
    if (!/^[\da-f]{64}$/i.test(text)) {
      throw new TypeError('A token is 64 hexadecimal digits; paste it whole.');
    }
    return text;
  }
}

/** Before a token is made: whether the file is still the one that was chosen. */
async function probe(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    const message = 'The file has changed or gone since it was chosen. Choose it again.';
    throw new SourceChangedError(message, { cause });
  }
}

/** Browsers write a double quote as `%22`, and the server keeps that text. */
function uploadName(file: Blob, filename: string | undefined): string {
  const ownName = 'name' in file && typeof file.name === 'string' ? file.name : '';
  const name = filename ?? ownName;
  if (name === '') throw new TypeError('The file has no name; give one as `filename`.');
  return name.replaceAll('"', "'");
}
