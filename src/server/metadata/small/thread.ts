/** The thread that writes small files; {@link ThreadWriter} starts it and speaks with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { DurableLog } from '../durable-log.ts';
import { GroupCommit } from '../group-commit.ts';
import { BUSY_TIMEOUT, configure, kyselyOver, openRaw } from '../sqlite.ts';
import { batching, failureOf, type Request, type StoreAnswer } from './messages.ts';
import { smallWriter } from './writer.ts';

/** Pages in memory: the thread writes much and reads few of them again; KiB. */
const CACHE = 8 * 1024;

const database = String(workerData);
const raw = openRaw(database, BUSY_TIMEOUT);
configure(raw, CACHE);
const db = kyselyOver(raw);
const log = await DurableLog.open(database);
const writer = smallWriter(db, new GroupCommit(db, () => log.flushed()));
const answer = batching((answers: StoreAnswer[]) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(answers),
);

parentPort?.on('message', (request: Request) => {
  if (request === 'close') {
    void close();
    return;
  }
  for (const { id, upload } of request) {
    // The other side of the port has made a plain array of bytes of it.
    const { buffer, byteOffset, byteLength } = upload.bytes;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    writer.store({ ...upload, bytes }).then(
      (result) => answer({ id, result }),
      (error: unknown) => answer({ id, failure: failureOf(error) }),
    );
  }
});

/** Nothing is under way any more: uploads end before the server does. */
async function close(): Promise<void> {
  await log.close();
  await db.destroy();
  parentPort?.close();
}
