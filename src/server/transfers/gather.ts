import type { Readable } from 'node:stream';

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
      clearImmediate(last);
      body.off('data', onData).off('end', onEnd).off('error', onBreak).off('close', onBreak);
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
    const onEnd = () => settle(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    const onBreak = () => settle(undefined);
    let last: NodeJS.Immediate | undefined;
    // What came while this process was busy is read first: it did not let wait.
    const timer = setTimeout(() => {
      last = setImmediate(giveUp);
    }, PATIENCE);
    if (body.destroyed) return onBreak();
    body.on('end', onEnd).on('error', onBreak).on('close', onBreak).on('data', onData);
  });
}
