import { decodeLiveMessage, type LiveConnect, type LiveMessage } from '../../protocol/live.ts';
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
export class LiveConnection implements AsyncIterable<LiveEvent> {
  /** Goes into `createFile`, which makes a file live as long as this connection is. */
  readonly session: string;
  /**
   * Resolves after `close`; rejects with the signal's reason, or when the service does not let this
   * user in any more.
   */
  readonly closed: Promise<void>;
  readonly #events: Events<LiveEvent>;
  readonly #closing = new AbortController();
  #connected = false;

  constructor(settings: LiveSettings) {
    this.session = settings.session;
    const own = this.#closing.signal;
    const { signal } = settings;
    this.closed = this.#run(settings, signal ? AbortSignal.any([signal, own]) : own).catch(
      (error: unknown) => {
        if (!own.aborted) throw error;
      },
    );
    this.closed.catch(() => undefined);
    this.#events = new Events(this.closed);
  }

  get connected(): boolean {
    return this.#connected;
  }

  /**
   * Calls the listener for every event of a type.
   * @returns what takes the listener away again
   */
  on<T extends LiveEvent['type']>(
    type: T,
    listener: (event: Extract<LiveEvent, { type: T }>) => void,
  ): () => void {
    return this.#events.on(type, listener);
  }

  /** All events from now on. Ends with `close`. */
  [Symbol.asyncIterator](): AsyncGenerator<LiveEvent, void, undefined> {
    return this.#events[Symbol.asyncIterator]();
  }

  close(): void {
    this.#closing.abort();
  }

  async #run(settings: LiveSettings, signal: AbortSignal): Promise<void> {
    const { open, accessToken, verify, session, clock } = settings;
    let refusals = 0;
    for (let failures = 0; ; ) {
      let since = Number.POSITIVE_INFINITY;
      try {
        const connect: LiveConnect = {
          type: 'connect',
          accesstoken: await accessToken(signal),
          session,
        };
        signal.throwIfAborted();
        since = clock.now();
        const code = await holdSocket(
          open,
          JSON.stringify(connect),
          {
            onOpen: () => {
              this.#connected = true;
              this.#events.emit({ type: 'connected' });
            },
            onText: (text) => this.#take(text),
          },
          clock,
          signal,
        );
        refusals = code === POLICY_VIOLATION ? refusals + 1 : 0;
        if (refusals > 0) await verify(signal);
      } catch (error) {
        if (!isGettError(error) || !error.retryable) throw error;
      } finally {
        this.#connected = false;
      }
      signal.throwIfAborted();
      if (refusals > 1) {
        throw new AccessDeniedError('The service refuses this Live session; take a new one.');
      }
      if (clock.now() - since >= MAX_PAUSE_MS) failures = 0;
      const retryIn = backoff(++failures, MAX_PAUSE_MS, clock);
      this.#events.emit({ type: 'disconnected', retryIn });
      await clock.sleep(retryIn, signal);
    }
  }

  #take(text: string): void {
    let message: LiveMessage;
    try {
      message = decodeLiveMessage(JSON.parse(text), 'message');
    } catch {
      // Newer servers may say what this version does not know.
      return;
    }
    this.#events.emit(message);
  }
}
