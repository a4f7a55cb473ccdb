import { Worker } from 'node:worker_threads';

/** So many commits are worked into the database at a time; pages they share are written once. */
const COMMITS = 256;

/**
 * Works SQLite's log into the database beside the event loop: a checkpoint waits for the disk twice,
 * and whoever the server serves would wait as long. https://www.sqlite.org/wal.html#ckpt
 */
export class Checkpointer {
  readonly #thread: Worker;
  #commits = 0;
  #busy = false;
  #gone = false;

  /** @param database path of a file whose log exists already */
  constructor(database: string) {
    const script = new URL('./checkpoint-thread.js', import.meta.url);
    this.#thread = new Worker(script, { workerData: database, execArgv: [] });
    this.#thread.on('message', () => {
      this.#busy = false;
    });
    // Without it the connection that writes does it once the log is long.
    this.#thread
      .on('error', () => undefined)
      .on('exit', () => {
        this.#gone = true;
      });
    this.#thread.unref();
  }

  /** Something has been committed. */
  committed(): void {
    this.#commits += 1;
    if (this.#commits < COMMITS || this.#busy || this.#gone) return;
    this.#commits = 0;
    this.#busy = true;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    this.#thread.postMessage('checkpoint');
  }

  async close(): Promise<void> {
    if (this.#gone) return;
    // Not `events.once`, which rejects when the thread could not even begin.
    const gone = new Promise((resolve) => this.#thread.once('exit', resolve));
    this.#thread.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    this.#thread.postMessage('close');
    await gone;
  }
}
