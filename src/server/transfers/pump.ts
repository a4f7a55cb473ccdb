import { finished, type Readable, type Writable } from 'node:stream';
import { asError } from '../errors.ts';

/**
 * Moves a body into a sink. Unlike `pipeline` it leaves the body alive when something goes wrong,
 * so that the client can still be told why on the same connection.
 */
export function pump(body: Readable, sink: Writable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown) => {
      stopWatching();
      signal.removeEventListener('abort', onAbort);
      body.unpipe(sink);
      if (error === undefined) return resolve();
      sink.destroy();
      reject(asError(error));
    };
    const onAbort = () => settle(signal.reason);
    const stopWatching = finished(body, { writable: false }, (error) => {
      if (error) settle(error);
    });
    sink.once('error', settle).once('finish', () => settle());
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else body.pipe(sink);
  });
}
