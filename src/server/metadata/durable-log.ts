import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes commits durable without blocking the event loop. SQLite runs with `synchronous=NORMAL`,
 * so a commit is in the write-ahead log but perhaps only in the page cache. One `fdatasync` of
 * the log serves everybody who committed before it began. It is enough because SQLite syncs the
 * log before each checkpoint and the database after it (https://www.sqlite.org/wal.html).
 */
export class DurableLog {
  readonly #log: FileHandle;
  #waiting: Waiter[] = [];
  #running = false;

  private constructor(log: FileHandle) {
    this.#log = log;
  }

  /** @param database path of the main database file, whose log must exist already. */
  static async open(database: string): Promise<DurableLog> {
    const log = await open(`${database}-wal`, 'r+');
    const folder = await open(path.dirname(database), 'r');
    await folder.sync();
    await folder.close();
    return new DurableLog(log);
  }

  /** Resolves when everything committed before the call survives a power cut. */
  flushed(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#log.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = false;
  }
}

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}
