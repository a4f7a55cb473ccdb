import net from 'node:net';
import tls from 'node:tls';
import type { JetStreamAddress, JetStreamTransport } from '../transports/transport.ts';
import { LineDecoder } from './lines.ts';

/** Options of {@link TcpTransport}. */
export interface TcpTransportOptions {
  /** Encrypts the connection; an object adds to what `tls.connect` is given. Default: plain TCP. */
  tls?: boolean | tls.ConnectionOptions;
}

/** One JSON text on each line of UTF-8 over a TCP socket. */
export class TcpTransport implements JetStreamTransport {
  readonly #options: TcpTransportOptions;
  #socket: net.Socket | undefined;
  #receive: (message: string) => void = () => undefined;
  #ended: (reason?: Error) => void = () => undefined;

  constructor(options: TcpTransportOptions = {}) {
    this.#options = options;
  }

  async open({ signal, ...address }: JetStreamAddress & { signal?: AbortSignal }): Promise<void> {
    signal?.throwIfAborted();
    const socket = this.#connect(address).setNoDelay(true).setKeepAlive(true);
    this.#socket = socket;
    const lines = new LineDecoder((line) => this.#receive(line));
    await new Promise<void>((resolve, reject) => {
      const end = (reason?: Error) => {
        signal?.removeEventListener('abort', abort);
        reject(reason ?? new Error('The server closed the connection.'));
        this.#end(socket, reason);
      };
      const abort = () => end(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      socket.once(this.#options.tls ? 'secureConnect' : 'connect', () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      socket.on('data', (bytes) => {
        try {
          lines.push(bytes);
        } catch (error) {
          end(error instanceof Error ? error : undefined);
        }
      });
      socket.on('error', end);
      socket.on('close', () => end());
    });
  }

  async send(message: string): Promise<void> {
    const socket = this.#socket;
    if (!socket) throw new Error('The TCP connection is closed.');
    await new Promise<void>((resolve, reject) => {
      socket.write(`${message}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }

  onMessage(handler: (message: string) => void): void {
    this.#receive = handler;
  }

  onClose(handler: (reason?: Error) => void): void {
    this.#ended = handler;
  }

  async close(): Promise<void> {
    if (this.#socket) this.#end(this.#socket);
  }

  #connect({ host, port }: JetStreamAddress): net.Socket {
    if (!this.#options.tls) return net.connect({ host, port });
    const options = this.#options.tls === true ? {} : this.#options.tls;
    const name = net.isIP(host) === 0 ? { servername: host } : {};
    return tls.connect({ host, port, ...name, ...options });
  }

  #end(socket: net.Socket, reason?: Error): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    socket.destroy();
    this.#ended(reason);
  }
}
