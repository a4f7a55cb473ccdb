import { decodeLiveMessage, type LiveConnect, type LiveMessage } from '../../protocol/live.ts';
import { firstOf } from '../http/abort.ts';
import { AccessDeniedError } from '../http/answer-errors.ts';
import { backoff, type Clock } from '../http/clock.ts';
import { isGettError } from '../http/gett-error.ts';
import { Events } from './events.ts';
import { holdSocket, type LiveSocket } from './socket.ts';

/** `retryIn`: milliseconds until the next try to connect. */
export type LiveEvent =
  | LiveMessage
  | { type: 'connected' }
  | { type: 'disconnected'; retryIn: number };

export interface LiveSettings {
  open: () => LiveSocket;
  session: string;
  accessToken: (signal: AbortSignal) => Promise<string>;
  /** Rejects when nobody is signed in any more. */
  verify: (signal: AbortSignal) => Promise<unknown>;
  clock: Clock;
  signal: AbortSignal | undefined;
}

const MAX_PAUSE_MS = 60_000;

/** Bad token or session, or a message the server does not understand. */
const POLICY_VIOLATION = 1008;

/**
 * Tells what happens to files. Lost connections come back by themselves with the same session, so
 * that announced files stay live; what happened meanwhile is not told later (spec section 6.4).
 *
 * @example
 * live.on('download', ({ filename }) => console.log(`Somebody wants ${filename}.`));
 * for await (const event of live) console.log(event.type);
 */
export class LiveConnection extends Events<LiveEvent> {
  /** Goes into `createFile`, which makes a file live as long as this connection is. */
  readonly session: string;
  /**
   * Resolves after `close`; rejects with the signal's reason, or when the service does not let this
   * user in any more.
   */
  readonly closed: Promise<void>;
  readonly #closing = new AbortController();
  #connected = false;

  constructor(settings: LiveSettings) {
    super();
    this.session = settings.session;
    const own = this.#closing.signal;
    this.closed = this.#run(settings, firstOf(settings.signal, own)).catch((error: unknown) => {
      if (!own.aborted) throw error;
    });
    const end = () => this.end(this.closed);
    this.closed.then(end, end);
  }

  /** Whether the connection stands at this moment. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Ends the connection for good: its files are live no longer. */
  close(): void {
    this.#closing.abort();
  }

  async #run(settings: LiveSettings, signal: AbortSignal): Promise<void> {
    const { open, accessToken, verify, session, clock } = settings;
    let refusals = 0;
    for (let failures = 1; ; failures++) {
      const since = clock.now();
      try {
        const accesstoken = await accessToken(signal);
        signal.throwIfAborted();
        const hello: LiveConnect = { type: 'connect', accesstoken, session };
        const onOpen = () => {
          this.#connected = true;
          this.emit({ type: 'connected' });
        };
        const onText = (text: string) => {
          try {
            this.emit(decodeLiveMessage(JSON.parse(text), 'message'));
          } catch {
            // Newer servers may say what this version does not know.
          }
        };
        const code = await holdSocket(open(), JSON.stringify(hello), onOpen, onText, clock, signal);
        refusals = code === POLICY_VIOLATION ? refusals + 1 : 0;
        if (refusals > 0) await verify(signal);
      } catch (error) {
        if (!isGettError(error) || !error.retryable) throw error;
      }
      if (this.#connected && clock.now() - since >= MAX_PAUSE_MS) failures = 1;
      this.#connected = false;
      signal.throwIfAborted();
      if (refusals > 1) {
        throw new AccessDeniedError('The server refuses this Live session.');
      }
      const retryIn = backoff(failures, MAX_PAUSE_MS, clock);
      this.emit({ type: 'disconnected', retryIn });
      await clock.sleep(retryIn, signal);
    }
  }
}
