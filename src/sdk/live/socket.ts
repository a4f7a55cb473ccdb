import { LIVE_PING, LIVE_PONG } from '../../protocol/live.ts';
import type { Clock } from '../http/clock.ts';

/** The part of a WebSocket that is used; browsers' and that of `ws` both fit. */
export interface LiveSocket {
  /** Sends a text frame. */
  send(text: string): void;
  /** Begins the end; a `close` event follows. */
  close(): void;
  /** The connection stands, or could not be made. */
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  /** A frame; only texts are read. */
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** The end, with its code. */
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

/** The platform’s `WebSocket`, or one like it. */
export type LiveSocketConstructor = new (url: string) => LiveSocket;

/** A server that is silent for so long is gone (spec section 6.3). */
const SILENCE_MS = 150_000;
const OPENING_MS = 30_000;
const PING_EVERY_MS = 60_000;

/** `close` without a status. https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5 */
const ABNORMAL = 1006;

/**
 * Holds one connection until it ends and gives the closing code; answers and sends pings.
 *
 * @param onText hears every message but the words that keep the connection alive
 */
export function holdSocket(
  socket: LiveSocket,
  hello: string,
  onOpen: () => void,
  onText: (text: string) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = (code: number) => {
      over.abort();
      socket.close();
      resolve(code);
    };
    signal.addEventListener('abort', () => end(ABNORMAL), { signal: over.signal });

    let patience = OPENING_MS;
    let heard = clock.now();
    const watch = async () => {
      for (let left = patience; left > 0; left = heard + patience - clock.now()) {
        await clock.sleep(Math.min(left, PING_EVERY_MS), over.signal);
        if (patience === SILENCE_MS) socket.send(LIVE_PING);
      }
      end(ABNORMAL);
    };
    watch().catch(() => undefined);

    socket.addEventListener('open', () => {
      patience = SILENCE_MS;
      heard = clock.now();
      socket.send(hello);
      onOpen();
    });
    socket.addEventListener('message', ({ data }) => {
      heard = clock.now();
      if (data === LIVE_PING) socket.send(LIVE_PONG);
      else if (typeof data === 'string' && !over.signal.aborted) onText(data);
    });
    // The close that follows says what there is to say.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code }) => end(code));
  });
}
