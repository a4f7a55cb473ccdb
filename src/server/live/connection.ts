import type { Logger } from 'pino';
import { decodeLiveConnect, LIVE_PING, LIVE_PONG, type LiveConnect } from '../../protocol/live.ts';
import type { LiveHub } from './hub.ts';
import { TRY_AGAIN_LATER } from './limits.ts';
import type { LiveTiming } from './timing.ts';
import type { Transport } from './transport.ts';

/** WebSocket close codes, https://www.iana.org/assignments/websocket */
export const GOING_AWAY = 1001;
export const POLICY_VIOLATION = 1008;
export const SERVICE_RESTART = 1012;

export interface LiveDeps {
  hub: LiveHub;
  timing: LiveTiming;
  /** The user of a valid token who may use the session; `undefined` for everybody else. */
  authorise(connect: LiveConnect): Promise<number | undefined>;
  log: Logger;
}

/** One client of the Live API, whatever its transport (spec sections 6.2 and 6.3). */
export class LiveConnection {
  readonly #connectTimer: NodeJS.Timeout;
  readonly #silenceTimer: NodeJS.Timeout;
  readonly #pingTimer: NodeJS.Timeout;
  #leave: (() => void) | undefined;
  #asked: LiveConnect | undefined;
  #checking = false;
  #ended = false;

  constructor(
    private readonly deps: LiveDeps,
    private readonly transport: Transport,
  ) {
    const { connect, silence, ping } = deps.timing;
    this.#connectTimer = setTimeout(() => this.end(POLICY_VIOLATION), connect);
    this.#silenceTimer = setTimeout(() => this.end(GOING_AWAY), silence);
    this.#pingTimer = setInterval(() => transport.send(LIVE_PING), ping);
  }

  receive(text: string): void {
    if (this.#ended) return;
    this.#silenceTimer.refresh();
    if (text === LIVE_PONG) return;
    if (text === LIVE_PING) return this.transport.send(LIVE_PONG);
    try {
      this.#asked = decodeLiveConnect(JSON.parse(text), 'message');
    } catch {
      return this.end(POLICY_VIOLATION);
    }
    if (!this.#checking) void this.#connect();
  }

  /** The client has gone, or is sent away with this code. */
  end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#silenceTimer);
    clearInterval(this.#pingTimer);
    this.#leave?.();
    this.transport.close(code);
  }

  /** Checks the newest `connect`; those that came while an older one was checked are passed over. */
  async #connect(): Promise<void> {
    this.#checking = true;
    try {
      while (this.#asked && !this.#ended) {
        const asked = this.#asked;
        this.#asked = undefined;
        const userId = await this.deps.authorise(asked);
        if (!this.#ended) this.#enter(userId, asked.session);
      }
    } catch (error) {
      this.deps.log.error({ err: error }, 'a client of the Live API could not be let in');
      this.end(POLICY_VIOLATION);
    }
    this.#checking = false;
  }

  #enter(userId: number | undefined, session: string): void {
    clearTimeout(this.#connectTimer);
    const before = this.#leave;
    const listener = { send: (text: string) => this.transport.send(text) };
    const joined =
      userId === undefined ? 'foreign-session' : this.deps.hub.join(listener, userId, session);
    this.#leave = typeof joined === 'function' ? joined : undefined;
    // In this order a session that is only named again does not blink.
    before?.();
    if (joined === 'too-many') this.end(TRY_AGAIN_LATER);
    else if (!this.#leave) this.end(POLICY_VIOLATION);
  }
}
