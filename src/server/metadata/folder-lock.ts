import path from 'node:path';
import { openRaw, type RawDatabase, SQLITE_BUSY, sqliteCode } from './sqlite.ts';

/**
 * Says that one process owns the data folder. An exclusive transaction on a small SQLite file is a
 * lock of the operating system underneath, so it is gone with the process, however that ended.
 */
export class FolderLock {
  private constructor(private readonly database: RawDatabase) {}

  /** `undefined` when another process still holds the lock after `wait` milliseconds. */
  static acquire(folder: string, wait: number): FolderLock | undefined {
    const database = openRaw(path.join(folder, 'server.lock'), wait);
    try {
      database.exec('begin exclusive');
      return new FolderLock(database);
    } catch (error) {
      database.close();
      if (sqliteCode(error) === SQLITE_BUSY) return undefined;
      throw error;
    }
  }

  release(): void {
    this.database.close();
  }
}
