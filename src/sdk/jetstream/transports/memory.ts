import type { JetStreamTransport } from './transport.ts';

/**
 * One of two linked ends in the same program: what one sends the other receives, in order and
 * never within the call that sent it. For tests and for gateways in the same process.
 *
 * @example
 * const [client, server] = MemoryTransport.pair();
 */
export class MemoryTransport implements JetStreamTransport {
  #peer: MemoryTransport | undefined;
  #receive: (message: string) => void = () => undefined;
  #ended: (reason?: Error) => void = () => undefined;

  private constructor() {}

  /** Both ends are connected at once; after either closes, neither can be opened again. */
  static pair(): [MemoryTransport, MemoryTransport] {
    const [one, other] = [new MemoryTransport(), new MemoryTransport()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  async open({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#peer) throw new Error('This pair of ends was closed. Make a new pair.');
  }

  async send(message: string): Promise<void> {
    const peer = this.#peer;
    if (!peer) throw new Error('The other end is gone.');
    queueMicrotask(() => {
      if (peer.#peer) peer.#receive(message);
    });
  }

  onMessage(handler: (message: string) => void): void {
    this.#receive = handler;
  }

  onClose(handler: (reason?: Error) => void): void {
    this.#ended = handler;
  }

  async close(): Promise<void> {
    const peer = this.#peer;
    if (!peer) return;
    this.#peer = undefined;
    this.#ended();
    queueMicrotask(() => void peer.close());
  }
}
