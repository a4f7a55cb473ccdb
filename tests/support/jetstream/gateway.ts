import type { JetStreamTransport } from '../../../src/sdk/jetstream/index.ts';
import type { GatewayMethod, MethodTable } from './methods.ts';
import { RECV_METHODS } from './recv-methods.ts';
import { SEND_METHODS } from './send-methods.ts';
import { SERVER_METHODS } from './server-methods.ts';
import { Session } from './session.ts';
import { TOKEN_METHODS } from './token-methods.ts';
import { type GatewayOptions, World } from './world.ts';

const METHODS: MethodTable = {
  ...SERVER_METHODS,
  ...SEND_METHODS,
  ...TOKEN_METHODS,
  ...RECV_METHODS,
};

/** The end of a connection that a session speaks over. */
export type Wire = Pick<JetStreamTransport, 'send' | 'onMessage' | 'onClose' | 'close'>;

/**
 * The reference gateway: the documented behaviour of a JetStream server behind the JSON-RPC mapping
 * of the specification, in memory, strict towards clients and steered by tests.
 */
export class Gateway {
  readonly world: World;
  /** Every message in the order of arrival. */
  readonly received: { method: string; params: Record<string, unknown> }[] = [];
  /** Why clients were thrown out. A right client leaves this empty. */
  readonly violations: string[] = [];
  /** Whether structures are sent as notifications when they change. */
  tellsEvents = false;
  readonly #sessions = new Set<Session>();
  readonly #held = new Map<string, Promise<void>>();
  #changed: (() => void)[] = [];

  constructor(options: GatewayOptions = {}) {
    this.world = new World(options);
  }

  accept(wire: Wire): void {
    const session = new Session(this, wire);
    this.#sessions.add(session);
    wire.onClose(() => this.#sessions.delete(session));
  }

  get connections(): number {
    return this.#sessions.size;
  }

  method(name: string): GatewayMethod | undefined {
    return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  }

  /** Methods and their forms on the wire. */
  static get methodNames(): string[] {
    return Object.keys(METHODS);
  }

  /** Answers to this method, plain or queued, wait until the function given back is called. */
  hold(method: string): () => void {
    let release = () => {};
    this.#held.set(
      method,
      new Promise<void>((resolve) => {
        release = () => {
          this.#held.delete(method);
          resolve();
        };
      }),
    );
    return release;
  }

  async released(method: string): Promise<void> {
    await this.#held.get(method);
  }

  /** Moves the clock (microseconds) and every ongoing operation one step. */
  advance(micros = 1_000_000): void {
    this.world.now += micros;
    for (const manifest of this.world.manifests.values()) {
      if (!manifest.structure.processing) continue;
      this.world.stepManifest(manifest);
      this.#tell('event.manifest', manifest.structure);
    }
    for (const transfer of this.world.transfers.values()) {
      if (!transfer.structure.processing) continue;
      this.world.stepTransfer(transfer);
      this.#tell('event.transfer', transfer.structure);
    }
    const waiting = this.#changed;
    this.#changed = [];
    for (const look of waiting) look();
  }

  /** Resolves when `advance` has brought the structure to its end. */
  async stopped(structure: { processing: boolean }): Promise<void> {
    while (structure.processing) {
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  /** Sends a text as it is, right or wrong, to every client. */
  say(text: string): void {
    for (const session of this.#sessions) session.say(text);
  }

  /** Ends every connection. */
  async drop(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }

  #tell(method: string, structure: object): void {
    if (this.tellsEvents) this.say(JSON.stringify({ jsonrpc: '2.0', method, params: structure }));
  }
}
