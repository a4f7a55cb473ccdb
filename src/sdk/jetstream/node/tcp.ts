import net from 'node:net';
import tls from 'node:tls';
import type { JetStreamAddress, JetStreamTransport } from '../transports/transport.ts';
import { LineDecoder } from './lines.ts';

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
    if (this.#socket) throw new Error('This transport is in use. Give each connection its own.');
    const socket = this.#connect(address);
    this.#socket = socket;
    const lines = new LineDecoder((line) => this.#receive(line));
    let failure: Error | undefined;
    socket.setNoDelay(true).setKeepAlive(true);
    socket.on('data', (bytes) => {
      try {
        lines.push(bytes);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#ended(failure);
    });
    await new Promise<void>((resolve, reject) => {
      const abort = () => socket.destroy();
      signal?.addEventListener('abort', abort, { once: true });
      socket.once(this.#options.tls ? 'secureConnect' : 'connect', () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      socket.once('close', () => {
        signal?.removeEventListener('abort', abort);
        reject(
          signal?.aborted ? signal.reason : (failure ?? new Error('The connection was closed.')),
        );
      });
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
    const socket = this.#socket;
    if (!socket) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.destroy();
    });
  }

  #connect(address: JetStreamAddress): net.Socket {
    const { host, port } = address;
    if (!this.#options.tls) return net.connect({ host, port });
    const options = this.#options.tls === true ? {} : this.#options.tls;
    const name = net.isIP(host) === 0 ? { servername: host } : {};
    return tls.connect({ host, port, ...name, ...options });
  }
}
