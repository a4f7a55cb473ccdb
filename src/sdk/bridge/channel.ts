import { DecodeError } from '../../protocol/decoder.ts';
import { decodeStatus } from './decoders.ts';
import { BridgeChannelError, type BridgeChannelErrorCode } from './errors/channel-error.ts';
import { FileHasher } from './hash.ts';
import type { Pointer } from './shapes.ts';
import type { ChannelSocket, ChannelSocketConstructor } from './socket.ts';

export interface ShardRequest {
  pointer: Pointer;
  /** Position in the file, from 0; for errors. */
  shard: number;
  WebSocket: ChannelSocketConstructor;
  signal: AbortSignal;
  /** Milliseconds without a frame after which the node is given up. */
  stallTimeout: number;
  /** Bytes after which the node is given up. */
  maxShardSize: number;
}

/**
 * Fetches one shard from its storage node and checks it. A socket has no back-pressure and bytes
 * of an unknown node are worth nothing before their hash is right, so the shard is kept whole.
 *
 * @throws BridgeChannelError
 */
export function fetchShard(request: ShardRequest): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const { pointer, signal } = request;
    if (signal.aborted) return reject(signal.reason);
    const hasher = new FileHasher();
    const chunks: Uint8Array[] = [];
    let size = 0;
    let opened = false;
    let cause: unknown;

    const socket = open(request);
    socket.binaryType = 'arraybuffer';

    const fail = (code: BridgeChannelErrorCode, message: string, status?: number): void =>
      settle(() => {
        const options = {
          ...(cause !== undefined && { cause }),
          ...(status !== undefined && { status }),
        };
        reject(new BridgeChannelError(message, code, request.shard, options));
      });
    const stalled = (): void => fail('stalled', 'The storage node fell silent. Try again later.');
    // Timers are no longer than that: https://html.spec.whatwg.org/#timers
    const patience = Math.min(request.stallTimeout, 2 ** 31 - 1);
    let timer = setTimeout(stalled, patience);
    const leave = (): void => settle(() => reject(signal.reason));
    signal.addEventListener('abort', leave, { once: true });

    let settled = false;
    /** The node leaves the connection open after a refusal, so it is always closed from here. */
    function settle(outcome: () => void): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      socket.close();
      outcome();
    }

    function take(frame: unknown): void {
      clearTimeout(timer);
      timer = setTimeout(stalled, patience);
      if (typeof frame === 'string') return takeStatus(frame);
      if (!(frame instanceof ArrayBuffer)) return fail('unsupported', UNSUPPORTED);
      size += frame.byteLength;
      if (size > request.maxShardSize) {
        return fail('too-large', `The storage node sent more than ${request.maxShardSize} bytes.`);
      }
      const bytes = new Uint8Array(frame);
      hasher.update(bytes);
      chunks.push(bytes);
    }

    function takeStatus(text: string): void {
      const status = readStatus(text);
      if (!status) return fail('unsupported', UNSUPPORTED);
      if (status.code === 200) return;
      const reason = status.message.replaceAll(pointer.token, '[hidden]');
      fail('refused', `The storage node refused the shard: ${reason}`, status.code);
    }

    function finish(): void {
      if (settled) return;
      if (!opened) return fail(...unreachable(pointer.channel));
      if (hasher.digest() === pointer.hash) return settle(() => resolve(chunks));
      fail('hash-mismatch', 'The storage node sent other bytes than asked for, or too few.');
    }

    socket.addEventListener('open', () => {
      opened = true;
      const { token, hash, operation } = pointer;
      socket.send(JSON.stringify({ token, hash, operation }));
    });
    socket.addEventListener('message', (event) => {
      if (!settled) take(event.data);
    });
    socket.addEventListener('error', (event) => {
      cause = 'error' in event ? event.error : undefined;
    });
    socket.addEventListener('close', finish);
  });
}

const UNSUPPORTED =
  'The storage node speaks another data channel than servers 0.3 to 0.6; BinaryJS of 0.2 is not supported.';

/** Browsers refuse an insecure address by an exception or as if the node could not be reached. */
function open({ pointer, shard, WebSocket }: ShardRequest): ChannelSocket {
  try {
    return new WebSocket(pointer.channel);
  } catch (cause) {
    const [code, message] = unreachable(pointer.channel);
    throw new BridgeChannelError(message, code, shard, { cause });
  }
}

function unreachable(channel: string): [BridgeChannelErrorCode, string] {
  const secure = 'location' in globalThis && globalThis.location.protocol === 'https:';
  return secure && channel.startsWith('ws:')
    ? [
        'insecure',
        'A page served over HTTPS may not open the plain ws: channel of a storage node. Download in an extension or in Node.',
      ]
    : ['unreachable', 'The storage node cannot be reached. Try again later.'];
}

function readStatus(text: string): { code: number; message: string } | undefined {
  try {
    return decodeStatus(JSON.parse(text), 'status');
  } catch (error) {
    if (error instanceof DecodeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
