import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { NewSmallBlob, StoreResult } from '../store.ts';
import { batching, errorOf, type Request, type StoreAnswer, type StoreJob } from './messages.ts';
import type { SmallWriter } from './writer.ts';

interface Waiter {
  resolve: (result: StoreResult) => void;
  reject: (error: Error) => void;
}

/**
 * Writes in a thread of its own, with a connection of its own: the event loop goes on with requests
 * and readers while SQLite writes, syncs and tidies its log, and both cores have work. When the
 * thread fails the process ends, as for every error that nobody foresaw.
 */
export class ThreadWriter implements SmallWriter {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiter>();
  readonly #send = batching((jobs: StoreJob[]) => this.#post(jobs));
  #lastId = 0;

  /**
   * @param script the built thread.ts
   * @param database path of the main database file, which is up to date
   */
  constructor(script: URL, database: string) {
    this.#thread = new Worker(script, { workerData: database });
    this.#thread.on('message', (answers: StoreAnswer[]) => {
      for (const answer of answers) this.#settle(answer);
    });
  }

  store(upload: NewSmallBlob): Promise<StoreResult> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, upload: { ...upload, bytes: alone(upload.bytes) } });
    });
  }

  async close(): Promise<void> {
    const ended = once(this.#thread, 'exit');
    this.#post('close');
    await ended;
  }

  #post(request: Request): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    this.#thread.postMessage(request);
  }

  #settle(answer: StoreAnswer): void {
    const waiter = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('failure' in answer) waiter?.reject(errorOf(answer.failure));
    else waiter?.resolve(answer.result);
  }
}

/** A part of a larger piece of memory would take all of that along. */
const alone = (bytes: Uint8Array) =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
