import type { CallOptions } from '../gett/file.ts';
import type { Clock } from '../http/clock.ts';
import { LiveConnection } from './connection.ts';
import type { LiveSocketConstructor } from './socket.ts';

/** Options of `Live.connect`. */
export interface LiveOptions extends CallOptions {
  /**
   * Ties files to the connection: random, unguessable, at least 8 characters. A new one by default;
   * the one of an earlier connection makes its files live again.
   */
  session?: string;
}

export interface LiveContext {
  url: string;
  WebSocket: LiveSocketConstructor | undefined;
  accessToken: (signal: AbortSignal) => Promise<string>;
  verify: (signal: AbortSignal) => Promise<unknown>;
  clock: Clock;
}

/** The Live API: hears what happens to the user's files. */
export class Live {
  readonly #context: LiveContext;

  constructor(context: LiveContext) {
    this.#context = context;
  }

  /**
   * Resolves when the connection stands; until then, and whenever it is lost, it is tried again
   * after 1, 2, 4 and up to 60 seconds.
   *
   * @throws NotSignedInError, UnauthorizedError; AccessDeniedError for somebody else's session;
   * `signal.reason`
   */
  async connect({ session = randomSession(), signal }: LiveOptions = {}): Promise<LiveConnection> {
    const { url, WebSocket, ...context } = this.#context;
    const Socket: LiveSocketConstructor | undefined = WebSocket ?? globalThis.WebSocket;
    if (!Socket) {
      throw new TypeError('Pass a WebSocket to GettClient.');
    }
    const open = () => new Socket(url);
    const connection = new LiveConnection({ ...context, open, session, signal });
    await new Promise<void>((resolve, reject) => {
      const stop = connection.on('connected', () => {
        stop();
        resolve();
      });
      connection.closed.catch(reject);
    });
    return connection;
  }
}

export function randomSession(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => (256 + byte).toString(16).slice(1)).join('');
}
