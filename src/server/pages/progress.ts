import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { GettFileState } from '../../protocol/shapes.ts';

/** Proxies close connections on which nothing moves; milliseconds. */
const HEARTBEAT = 15_000;

export interface UploadProgress {
  state: GettFileState;
  /** The session that announced the file is connected; absent where none did. */
  live?: boolean;
  /** Bytes. */
  received: number;
  /** Bytes; absent while it is unknown. */
  size?: number;
}

/**
 * What happens to something that a page shows as Server-Sent Events, as long as it may change.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function sendEvents(
  c: Context,
  events: (signal: AbortSignal) => AsyncIterable<object>,
): Response {
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
  // Some proxies would collect the events otherwise.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const heartbeat = setInterval(() => void stream.write(':\n\n'), HEARTBEAT);
    try {
      for await (const event of events(gone.signal)) {
        await stream.writeSSE({ data: JSON.stringify(event) });
      }
    } finally {
      clearInterval(heartbeat);
    }
  });
}
