import { systemClock } from '../http/clock.ts';
import { abortable } from './abortable.ts';
import { JetStreamConnectionError } from './errors.ts';
import { type ReceiveInterface, receiveInterface } from './interfaces/recv.ts';
import { sendInterface } from './interfaces/send.ts';
import type { SendInterface } from './interfaces/send-methods.ts';
import { type ServerInterface, serverInterface } from './interfaces/server.ts';
import { DEFAULT_PORT, sharedLink } from './link.ts';
import type { TokenReference } from './references.ts';
import { RpcConnection } from './rpc/connection.ts';
import type { Call, CallOptions } from './rpc/methods.ts';
import { hostAndPort, type JetStreamTransport } from './transports/transport.ts';
import { WebSocketTransport } from './transports/websocket.ts';
import type { WaitClock, WaitDefaults } from './wait.ts';

declare global {
  // Of lib.esnext.disposable, which importers need not have.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** Options of {@link JetStream}. */
export interface JetStreamOptions {
  /**
   * Carries one connection at a time; give a function that makes one when several API objects are
   * connected at once. Default: a new `WebSocketTransport` for each.
   */
  transport?: JetStreamTransport | (() => JetStreamTransport);
  /** For `waitForManifest` and `waitForTransfer`. */
  defaults?: WaitDefaults;
  /** The time that waiters keep. Default: the system's. */
  clock?: WaitClock;
}

/**
 * Client of JetStream servers by way of a gateway that speaks JSON-RPC (spec section 7); it does not
 * claim to talk to a vendor's server directly.
 *
 * @example
 * await using api = await new JetStream().api('files.example.org').connect();
 * await api.server.auth('jsmith', password);
 * const manifest = await api.send.waitForManifest(
 *   await api.send.createManifest({ mappings: { '/docs/readme.txt': '/home/readme.txt' } }),
 * );
 * const token = await api.send.createSharedToken(manifest, { downloadLimit: 3 });
 * console.log(api.sharedLink(token));
 */
export class JetStream {
  readonly #options: JetStreamOptions;

  /** Opens nothing: connections are made by {@link JetStreamApi.connect}. */
  constructor(options: JetStreamOptions = {}) {
    this.#options = options;
  }

  /** Does not connect yet. */
  api(host: string, port: number = DEFAULT_PORT): JetStreamApi {
    return new JetStreamApi(host, port, this.#options);
  }
}

/** The making of a connection. */
interface Attempt {
  readonly done: Promise<void>;
  readonly controller: AbortController;
  /** Callers whose signals have not aborted. */
  waiting: number;
}

/** The API of one server. Signing in concerns the connection, so nothing reconnects by itself. */
export class JetStreamApi {
  /** Signs in, and tells of the server itself. */
  readonly server: ServerInterface;
  /** What the server sends to others. */
  readonly send: SendInterface;
  /** What the server receives from others. */
  readonly recv: ReceiveInterface;
  readonly #makeTransport: () => JetStreamTransport;
  #connection: RpcConnection | undefined;
  #connecting: Attempt | undefined;
  #answersLate: Promise<boolean> | undefined;

  /** As {@link JetStream.api} makes it. */
  constructor(
    /** Name or IP address; IPv6 without brackets. */
    readonly host: string,
    /** TCP. */
    readonly port: number,
    { transport, defaults = {}, clock = systemClock }: JetStreamOptions = {},
  ) {
    this.#makeTransport = transportMaker(transport);
    const call: Call = async (method, params, signal) =>
      this.#connected().call(method, params, signal);
    this.server = serverInterface(call);
    this.recv = receiveInterface(call);
    this.send = sendInterface(call, {
      clock,
      defaults,
      answersLate: () => (this.#answersLate ??= this.#canAnswerLate()),
      subscribe: (listener) => this.#connected().onNotification(listener),
    });
  }

  /** False again when the server or the network has ended the connection. */
  get connected(): boolean {
    return this.#connection?.isOpen ?? false;
  }

  /**
   * Does nothing when connected; calls at the same time share one attempt, which goes on until the
   * signals of all of them have aborted.
   * @throws JetStreamConnectionError when there is no way to the server.
   */
  async connect({ signal }: CallOptions = {}): Promise<this> {
    if (this.connected) return this;
    signal?.throwIfAborted();
    const attempt = (this.#connecting ??= this.#begin());
    attempt.waiting += 1;
    const leave = () => {
      attempt.waiting -= 1;
      if (attempt.waiting > 0 || this.#connecting !== attempt) return;
      this.#connecting = undefined;
      attempt.controller.abort(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await abortable(attempt.done, signal);
      return this;
    } finally {
      signal?.removeEventListener('abort', leave);
      // The last to go waits until the transport can be used again.
      if (attempt.waiting === 0) await attempt.done.catch(() => undefined);
    }
  }

  /** Rejects every open call with `JetStreamConnectionError`; work at the server goes on. */
  async disconnect(): Promise<void> {
    const connecting = this.#connecting;
    const connection = this.#connection;
    this.#connecting = undefined;
    this.#connection = undefined;
    const reason = new JetStreamConnectionError('disconnect() was called while connecting.');
    connecting?.controller.abort(reason);
    await connection?.close();
  }

  /** For `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.disconnect();
  }

  /** A `jetstream:` link with which the vendor's desktop client fetches the files of a token. */
  sharedLink(token: TokenReference): string {
    return sharedLink(this, token);
  }

  #begin(): Attempt {
    const controller = new AbortController();
    const attempt = { done: this.#open(controller.signal), controller, waiting: 0 };
    const forget = () => {
      if (this.#connecting === attempt) this.#connecting = undefined;
    };
    attempt.done.then(forget, forget);
    return attempt;
  }

  async #open(signal: AbortSignal): Promise<void> {
    const connection = await RpcConnection.open(this.#makeTransport(), this, signal);
    if (signal.aborted) {
      await connection.close();
      signal.throwIfAborted();
    }
    this.#connection = connection;
    this.#answersLate = undefined;
  }

  #connected(): RpcConnection {
    if (this.#connection) return this.#connection;
    const message = `There is no connection to ${hostAndPort(this)}. Call connect() first.`;
    throw new JetStreamConnectionError(message);
  }

  /** Asked once for each connection; a server that does not tell is polled. */
  async #canAnswerLate(): Promise<boolean> {
    try {
      const { features } = await this.server.getServerInfo();
      return features?.includes('waitFor') ?? false;
    } catch {
      return false;
    }
  }
}

/**
 * Connects, runs the function and disconnects however it ends: `await using` for targets without
 * explicit resource management. Gives what the function gives.
 */
export async function withConnection<T>(
  api: JetStreamApi,
  use: (api: JetStreamApi) => Promise<T>,
): Promise<T> {
  try {
    return await use(await api.connect());
  } finally {
    await api.disconnect();
  }
}

function transportMaker(
  transport: JetStreamOptions['transport'] = () => new WebSocketTransport(),
): () => JetStreamTransport {
  return typeof transport === 'function' ? transport : () => transport;
}
