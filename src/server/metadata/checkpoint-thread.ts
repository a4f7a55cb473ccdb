/** Runs in a thread of its own; see `checkpointer.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { BUSY_TIMEOUT, openRaw } from './sqlite.ts';

const raw = openRaw(String(workerData), BUSY_TIMEOUT);
// Nobody waits for the first, which leaves what is committed meanwhile. The second lets writers wait
// for that little, so that the log begins anew instead of growing while there is work.
const passive = raw.prepare('pragma wal_checkpoint(passive)');
const restart = raw.prepare('pragma wal_checkpoint(restart)');

parentPort?.on('message', (wanted: unknown) => {
  if (wanted === 'checkpoint') {
    try {
      passive.all([]);
      restart.all([]);
    } catch {
      // A full disk, for example. The log is what it was, and the next attempt has it all.
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    parentPort?.postMessage('done');
  } else {
    raw.close();
    parentPort?.close();
  }
});
