import type { BridgeAuth } from './auth.ts';
import { Buckets } from './buckets.ts';
import { decodeInfo } from './decoders.ts';
import { type BridgeEventOf, BridgeEvents, type BridgeEventType } from './events.ts';
import { Files } from './files.ts';
import { Keys } from './keys.ts';
import { millisecondNonce } from './nonce.ts';
import { type CallOptions, Requests } from './requests.ts';
import type { ChannelSocketConstructor } from './socket.ts';
import { Tokens } from './tokens.ts';
import { Users } from './users.ts';

/** Options of {@link BridgeClient}. */
export interface BridgeClientOptions {
  /** Address of the service. The historical hosts are gone, so there is no default. */
  baseUrl: string;
  /** Without it: registration, activation, and transfers with a token of somebody else. */
  auth?: BridgeAuth;
  /** Default: the platform's. */
  fetch?: typeof globalThis.fetch;
  /**
   * Sends uploads, because it alone tells their progress in browsers. Default: the platform's, if
   * `fetch` is not given either.
   */
  XMLHttpRequest?: typeof globalThis.XMLHttpRequest;
  /** For downloads. Default: the platform's; Node before 22 has none, see `gett-sdk/node`. */
  WebSocket?: ChannelSocketConstructor;
  /** Growing numbers, shared by all clients of the account. Default: {@link millisecondNonce}. */
  nonce?: () => number;
  /** Milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
  /** Milliseconds a call may take, uploads excepted; default 60,000. */
  timeout?: number;
}

/** What a bridge tells of itself. */
export interface BridgeInfo {
  /** Revision of the server. */
  version: string;
  /** Whether this client speaks that revision: 0.3 to 0.6. */
  supported: boolean;
}

/**
 * Client of a Metadisk / Storj Bridge: a bucket store whose bytes lie on storage nodes. Every call
 * gives a promise, and {@link BridgeClient.on} tells what happens meanwhile.
 *
 * @example
 * const auth = basicAuth({ email: 'ann@example.com', password });
 * const bridge = new BridgeClient({ baseUrl: 'https://bridge.example.com', auth });
 * const bucket = await bridge.buckets.create({ name: 'Pictures' });
 * const entry = await bridge.files.upload(bucket.id, file);
 */
export class BridgeClient {
  /** There is no address that opens a file in a browser: a place to store, not to share. */
  readonly capabilities: { readonly shareLink: false } = { shareLink: false };
  /** Registers and activates accounts; works without `auth`. */
  readonly users: Users;
  /** Public keys with which the account signs; needs `auth`. */
  readonly keys: Keys;
  /** Places for files, each with its quotas; needs `auth`. */
  readonly buckets: Buckets;
  /** Permissions for one transfer, to be handed to somebody without an account; needs `auth`. */
  readonly tokens: Tokens;
  /** Sends and fetches files. With a token of somebody else it needs no `auth`. */
  readonly files: Files;
  readonly #requests: Requests;
  readonly #events = new BridgeEvents();

  /**
   * Sends nothing yet.
   * @throws TypeError when the base URL cannot be used
   */
  constructor(options: BridgeClientOptions) {
    const { baseUrl, auth, now = Date.now } = options;
    const events = this.#events;
    const requests = new Requests({
      baseUrl,
      auth,
      fetch: options.fetch ?? ((...args) => fetch(...args)),
      XMLHttpRequest: options.XMLHttpRequest ?? (options.fetch ? undefined : platformXhr()),
      nonce: options.nonce ?? millisecondNonce(now),
      timeout: options.timeout ?? 60_000,
      events,
    });
    this.#requests = requests;
    this.users = new Users(requests);
    this.keys = new Keys(requests);
    this.buckets = new Buckets(requests);
    this.tokens = new Tokens(requests);
    this.files = new Files({
      requests,
      tokens: this.tokens,
      events,
      WebSocket: () => options.WebSocket ?? platformSocket(),
      now,
      authenticated: auth !== undefined,
    });
  }

  /** Reads the server's description, and warns by event when its revision is not spoken here. */
  async info(options: CallOptions = {}): Promise<BridgeInfo> {
    const { info } = await this.#requests.open('GET /', { ...options, decode: decodeInfo });
    const supported = /^0\.[3-6](\.|$)/.test(info.version);
    if (!supported) {
      const message = `The Bridge is revision ${info.version}; this client speaks 0.3 to 0.6.`;
      this.#events.emit({ type: 'warning', message });
    }
    return { version: info.version, supported };
  }

  /**
   * Listens to what happens in this client, for example to show progress.
   *
   * @returns a function that ends the listening
   */
  on<T extends BridgeEventType>(type: T, listener: (event: BridgeEventOf<T>) => void): () => void {
    return this.#events.on(type, listener);
  }
}

/** Service workers and Node have none. */
function platformXhr(): typeof XMLHttpRequest | undefined {
  return typeof XMLHttpRequest === 'function' ? XMLHttpRequest : undefined;
}

function platformSocket(): ChannelSocketConstructor {
  if (typeof WebSocket === 'function') return WebSocket;
  throw new TypeError(
    'This platform has no WebSocket: give the option WebSocket, in Node the one of gett-sdk/node.',
  );
}
