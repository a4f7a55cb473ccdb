import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { GettFileState } from '../../protocol/shapes.ts';

/** Proxies close connections on which nothing moves; milliseconds. */
const HEARTBEAT = 15_000;

export interface UploadProgress {
  state: GettFileState;
  /** Bytes. */
  received: number;
  /** Bytes; absent while it is unknown. */
  size?: number;
}

/**
 * The progress of an upload as Server-Sent Events, until it will not change by itself.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function sendProgress(
  c: Context,
  progress: (signal: AbortSignal) => AsyncIterable<UploadProgress>,
): Response {
  // Some proxies would collect the events otherwise.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const heartbeat = setInterval(() => void stream.write(':\n\n'), HEARTBEAT);
    try {
      for await (const step of progress(gone.signal)) {
        await stream.writeSSE({ data: JSON.stringify(step) });
      }
    } finally {
      clearInterval(heartbeat);
    }
  });
}
