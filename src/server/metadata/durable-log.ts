import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { SharedSync } from '../shared-sync.ts';

/**
 * Makes commits durable without blocking the event loop. SQLite runs with `synchronous=NORMAL`,
 * so a commit is in the write-ahead log but perhaps only in the page cache. One `fdatasync` of
 * the log serves everybody who committed before it began. It is enough because SQLite syncs the
 * log before each checkpoint and the database after it (https://www.sqlite.org/wal.html).
 */
export class DurableLog {
  readonly #log: FileHandle;
  readonly #sync: SharedSync;

  private constructor(log: FileHandle) {
    this.#log = log;
    this.#sync = new SharedSync(() => log.datasync());
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
    return this.#sync.done();
  }

  async close(): Promise<void> {
    await this.#log.close();
  }
}
