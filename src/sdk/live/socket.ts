import { LIVE_PING, LIVE_PONG } from '../../protocol/live.ts';
import type { Clock } from '../http/clock.ts';

/** The part of a WebSocket that is used; browsers' and that of `ws` both fit. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

export type LiveSocketConstructor = new (url: string) => LiveSocket;

/** A server that is silent for so long is gone (spec section 6.3). */
const SILENCE_MS = 150_000;
const OPENING_MS = 30_000;
const PING_EVERY_MS = 60_000;

/** `close` without a status. https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5 */
const ABNORMAL = 1006;

export interface SocketHandlers {
  onOpen: () => void;
  /** Every message but the words that keep the connection alive. */
  onText: (text: string) => void;
}

/** Holds one connection until it ends and gives the closing code; answers and sends pings. */
export function holdSocket(
  open: () => LiveSocket,
  hello: string,
  { onOpen, onText }: SocketHandlers,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve) => {
    const socket = open();
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
      for (;;) {
        const left = heard + patience - clock.now();
        if (left <= 0) return end(ABNORMAL);
        await clock.sleep(Math.min(left, PING_EVERY_MS), over.signal);
        if (patience === SILENCE_MS) socket.send(LIVE_PING);
      }
    };
    watch().catch(() => undefined);

    socket.addEventListener('open', () => {
      if (over.signal.aborted) return;
      patience = SILENCE_MS;
      heard = clock.now();
      socket.send(hello);
      onOpen();
    });
    socket.addEventListener('message', ({ data }) => {
      if (over.signal.aborted) return;
      heard = clock.now();
      if (data === LIVE_PING) socket.send(LIVE_PONG);
      else if (typeof data === 'string' && data !== LIVE_PONG) onText(data);
    });
    // The close that follows says what there is to say.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code }) => end(code));
  });
}
