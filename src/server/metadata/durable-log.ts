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

  private constructor(log: FileHandle, onFailed: (error: unknown) => Promise<void>) {
    this.#log = log;
    this.#sync = new SharedSync(() => log.datasync().catch(onFailed));
  }

  /**
   * @param database path of the main database file, whose log must exist already.
   * @param onFailed what becomes of whoever waits for a sync that fails.
   */
  static async open(
    database: string,
    onFailed: (error: unknown) => Promise<void>,
  ): Promise<DurableLog> {
    const log = await open(`${database}-wal`, 'r+');
    const folder = await open(path.dirname(database), 'r');
    await folder.sync();
    await folder.close();
    return new DurableLog(log, onFailed);
  }

  /** Resolves when everything committed before the call survives a power cut. */
  flushed(): Promise<void> {
    return this.#sync.done();
  }

  async close(): Promise<void> {
    await this.#log.close();
  }
}

/**
 * Ends the process, which answers nobody who waits for the sync: what they have changed is
 * committed, and not to be undone. Linux tells once that pages were lost, so the next sync would
 * succeed, with a hole in the log where SQLite's recovery stops. The next start settles what is
 * left. https://wiki.postgresql.org/wiki/Fsync_Errors
 */
export function endProcess(error: unknown): Promise<never> {
  setImmediate(() => {
    throw new Error('what the database has committed could not be made durable', { cause: error });
  });
  return new Promise(() => undefined);
}
