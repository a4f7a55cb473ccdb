import { hostAndPort, type JetStreamAddress, type JetStreamTransport } from './transport.ts';

/** The part of a WebSocket that is used; browsers' and that of `ws` both fit. */
export interface WebSocketLike {
  /** Called with one JSON text, once it is open. */
  send(data: string): void;
  /** Also called while it is being opened, to give up. */
  close(): void;
  /** From then on `send` may be called. */
  addEventListener(type: 'open', listener: () => void): void;
  /** `close` follows, and ends the connection. */
  addEventListener(type: 'error', listener: (event: object) => void): void;
  /** `data` is text; anything else ends the connection. */
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** The connection has ended; `code` as RFC 6455 section 7.4 has them. */
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}

/** The platform’s `WebSocket`, or one like it. */
export type WebSocketConstructor = new (url: string, protocol: string) => WebSocketLike;

/** Options of {@link WebSocketTransport}. */
export interface WebSocketTransportOptions {
  /** Full address of the gateway. Default: `wss://host:port/api`. */
  url?: string | URL;
  /** Default: the global one of browsers and Node 22. */
  WebSocket?: WebSocketConstructor;
}

const SUBPROTOCOL = 'jetstream.jsonrpc';
const NORMAL_CLOSURE = 1000;
const GOING_AWAY = 1001;
const NO_STATUS = 1005;

/** One JSON text in each text frame; the transport of browsers and extension workers. */
export class WebSocketTransport implements JetStreamTransport {
  readonly #options: WebSocketTransportOptions;
  #socket: WebSocketLike | undefined;
  #receive: (message: string) => void = () => undefined;
  #ended: (reason?: Error) => void = () => undefined;

  /** @throws TypeError when `url` is not a full `ws:` or `wss:` address. */
  constructor(options: WebSocketTransportOptions = {}) {
    // Checked here because the error of some implementations repeats the whole address.
    if (options.url && !(/^wss?:/i.test(String(options.url)) && URL.canParse(options.url))) {
      throw new TypeError('url must be a full address such as wss://gateway.example.org/api.');
    }
    this.#options = options;
  }

  async open({ signal, ...address }: JetStreamAddress & { signal?: AbortSignal }): Promise<void> {
    signal?.throwIfAborted();
    const socket = this.#connect(address);
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        reject(signal?.reason);
        void this.close();
      };
      signal?.addEventListener('abort', abort, { once: true });
      socket.addEventListener('open', () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      socket.addEventListener('error', (event) => reject(errorIn(event)));
      socket.addEventListener('message', ({ data }) => this.#onFrame(socket, data));
      socket.addEventListener('close', ({ code, reason }) => {
        signal?.removeEventListener('abort', abort);
        const error = closeError(code, reason);
        reject(error ?? new Error('The server closed the connection while it was being opened.'));
        this.#end(socket, error);
      });
    });
  }

  async send(message: string): Promise<void> {
    if (!this.#socket) throw new Error('The WebSocket is closed.');
    this.#socket.send(message);
  }

  onMessage(handler: (message: string) => void): void {
    this.#receive = handler;
  }

  onClose(handler: (reason?: Error) => void): void {
    this.#ended = handler;
  }

  /** Does not wait for the server's goodbye, which a dead one would never say. */
  async close(): Promise<void> {
    if (this.#socket) this.#end(this.#socket);
  }

  #connect({ host, port }: JetStreamAddress): WebSocketLike {
    const Socket: WebSocketConstructor | undefined =
      this.#options.WebSocket ?? globalThis.WebSocket;
    if (!Socket) {
      throw new Error(
        'There is no WebSocket here. Give one: new WebSocketTransport({ WebSocket }).',
      );
    }
    const url = this.#options.url ?? `wss://${hostAndPort({ host, port })}/api`;
    return new Socket(String(url), SUBPROTOCOL);
  }

  #onFrame(socket: WebSocketLike, data: unknown): void {
    if (socket !== this.#socket) return;
    if (typeof data === 'string') this.#receive(data);
    else this.#end(socket, new Error('The server sent a binary frame.'));
  }

  #end(socket: WebSocketLike, reason?: Error): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    socket.close();
    this.#ended(reason);
  }
}

/** Node's implementations tell what went wrong, browsers keep it from scripts. */
function errorIn(event: object): Error {
  return 'error' in event && event.error instanceof Error
    ? event.error
    : new Error('The WebSocket could not be opened.');
}

function closeError(code: number, reason: string): Error | undefined {
  if (code === NORMAL_CLOSURE || code === GOING_AWAY || code === NO_STATUS) return undefined;
  return new Error(`The WebSocket closed with code ${code}${reason && `: ${reason}`}.`);
}
