import { finished, type Readable } from 'node:stream';

/** A body that takes longer is worth to be followed while it comes; milliseconds. */
const PATIENCE = 20;

/**
 * The whole of a short body that comes at once. `undefined` when it is longer than `maxBytes`,
 * breaks off or lets wait: then the body is as it was, to be read in the usual way.
 */
export function gather(body: Readable, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (whole: Buffer | undefined) => {
      clearTimeout(timer);
      stopWatching();
      body.off('data', onData);
      resolve(whole);
    };
    const giveUp = () => {
      body.pause();
      if (length > 0 && !body.destroyed) body.unshift(Buffer.concat(chunks));
      settle(undefined);
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) giveUp();
    };
    const timer = setTimeout(giveUp, PATIENCE);
    const stopWatching = finished(body, { writable: false }, (error) => {
      settle(error ? undefined : Buffer.concat(chunks));
    });
    body.on('data', onData);
  });
}
