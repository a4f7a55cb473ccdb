import { randomUUID } from 'node:crypto';
import type { GettClient, QueueOptions } from '../../sdk/index.ts';

/** A Live connection that may not be there yet. */
export type BackgroundLive = NonNullable<QueueOptions['live']> & { close(): void };

/**
 * Connects while other things go on: files may be announced with a session before its connection
 * stands (spec section 6.2), and the upload does well without one.
 */
export function liveInBackground(gett: GettClient, session: string = randomUUID()): BackgroundLive {
  const stop = new AbortController();
  const connection = gett.live.connect({ session, signal: stop.signal });
  connection.catch(() => undefined);
  return {
    session,
    on(type, listener) {
      let off: (() => void) | undefined;
      let wanted = true;
      connection.then(
        (live) => {
          if (wanted) off = live.on(type, listener);
        },
        () => undefined,
      );
      return () => {
        wanted = false;
        off?.();
      };
    },
    close: () => stop.abort(new Error('The upload is over.')),
  };
}
