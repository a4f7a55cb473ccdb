import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Kysely, Migrator, sql } from 'kysely';
import { asError, errorCode, OperatorError } from '../errors.ts';
import { AccountQueries } from './accounts.ts';
import { Checkpointer } from './checkpointer.ts';
import { DurableLog, endProcess } from './durable-log.ts';
import { FolderLock } from './folder-lock.ts';
import { GroupCommit } from './group-commit.ts';
import { migrationNames, migrationProvider } from './migrations.ts';
import type { Tables } from './schema.ts';
import { ShareQueries } from './shares.ts';
import { SmallBlobQueries } from './small-blobs.ts';
import {
  BUSY_TIMEOUT,
  kyselyOver,
  openRaw,
  type RawDatabase,
  SQLITE_CORRUPT,
  SQLITE_FULL,
  SQLITE_NOTADB,
  sqliteCode,
} from './sqlite.ts';
import type { MetadataStore } from './store.ts';
import { UploadQueries } from './uploads.ts';
import { ViolationQueries } from './violations.ts';

const FILE = 'meta.db';
/** `GETT` in ASCII: tells our database from any other, https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x47455454;
/**
 * Pages of 4 KiB after which the log is written to the database. Pages that many commits change are
 * then written once for all of them; SQLite's own 1,000 cost small uploads a tenth of their speed.
 */
const CHECKPOINT_PAGES = 4_096;
/** Where a thread does it, in case that it does not. */
const LATE_CHECKPOINT_PAGES = 4 * CHECKPOINT_PAGES;
/** A server that is just starting migrates within this time; milliseconds. */
const MIGRATION_WAIT = 5_000;

/**
 * Opens the metadata of a data folder and brings it to this version. The folder is made when it is
 * missing. Throws {@link OperatorError} when it is not ours, or of a newer version.
 * @param locked the caller holds the folder's lock, as a server does for as long as it runs, and
 * its process ends when commits cannot be made durable; otherwise it is taken here to migrate.
 */
export async function openMetadata(
  folder: string,
  { locked }: { locked: boolean },
): Promise<MetadataStore> {
  const raw = openRaw(path.join(folder, FILE), BUSY_TIMEOUT);
  const db = kyselyOver(raw);
  try {
    const current = await isCurrent(db, folder);
    raw.exec('pragma journal_mode = wal');
    raw.exec('pragma synchronous = normal');
    raw.exec('pragma foreign_keys = on');
    raw.exec('pragma cache_size = -65536');
    raw.exec(`pragma wal_autocheckpoint = ${locked ? LATE_CHECKPOINT_PAGES : CHECKPOINT_PAGES}`);
    if (!current) await migrate(db, raw, folder, locked);
    if (locked) beginLog(raw);
    const onFailed = locked ? endProcess : (error: unknown) => Promise.reject(asError(error));
    const log = await DurableLog.open(path.join(folder, FILE), onFailed);
    const checkpointer = locked ? new Checkpointer(path.join(folder, FILE)) : undefined;
    const durable = () => {
      checkpointer?.committed();
      return log.flushed();
    };
    return {
      accounts: new AccountQueries(db, durable),
      shares: new ShareQueries(db, durable),
      uploads: new UploadQueries(db, new GroupCommit(db, durable)),
      smallBlobs: new SmallBlobQueries(db),
      violations: new ViolationQueries(db, durable),
      secret: () => secretOf(db, durable),
      async close() {
        await checkpointer?.close();
        await log.close();
        await db.destroy();
      },
    };
  } catch (error) {
    raw.close();
    const code = sqliteCode(error);
    if (code === SQLITE_NOTADB || code === SQLITE_CORRUPT) {
      throw new OperatorError(
        `${path.join(folder, FILE)} is damaged or not a database of gett-server; restore it from a backup, or choose another folder with --data.`,
      );
    }
    throw error;
  }
}

/** What a failed sync has left in the log may be gone after a power cut, and all after it too. */
function beginLog(raw: RawDatabase): void {
  try {
    raw.exec('pragma wal_checkpoint(truncate)');
  } catch (error) {
    // What is stored can be read on a full disk; the log is worked in when there is room again.
    if (sqliteCode(error) !== SQLITE_FULL) throw error;
  }
}

/** Makes the folder if need be, and refuses one that holds something else. */
export async function prepareFolder(folder: string): Promise<void> {
  const entries = await listFolder(folder);
  if (entries.includes(FILE)) return;
  if (entries.includes('blobs')) {
    throw new OperatorError(
      `${folder} holds stored files but no ${FILE}; restore ${FILE} from a backup, or choose another folder with --data.`,
    );
  }
  const foreign = entries.filter((name) => name !== 'server.lock' && name !== 'lost+found');
  if (foreign.length > 0) {
    throw new OperatorError(
      `${folder} is not a data folder of gett-server (it contains ${foreign[0]}); choose an empty folder with --data.`,
    );
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await readdir(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new OperatorError(`${folder} is not a folder; choose a folder with --data.`);
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new OperatorError(
        `${folder} cannot be read or written; change its permissions or choose another folder with --data.`,
      );
    }
    throw error;
  }
}

async function migrate(
  db: Kysely<Tables>,
  raw: RawDatabase,
  folder: string,
  locked: boolean,
): Promise<void> {
  const lock = locked ? undefined : FolderLock.acquire(folder, MIGRATION_WAIT);
  if (!lock && !locked) {
    if (await isCurrent(db, folder)) return;
    throw new OperatorError(
      `${folder} is in use by an older version of gett-server; stop that server, then try again.`,
    );
  }
  try {
    raw.exec(`pragma application_id = ${APPLICATION_ID}`);
    const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
    if (error !== undefined) throw error;
  } finally {
    lock?.release();
  }
}

/** Whether all migrations have been applied. Refuses a database that is not ours, or newer. */
async function isCurrent(db: Kysely<Tables>, folder: string): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master`.execute(db);
  const id = await sql<{ application_id: number }>`pragma application_id`.execute(db);
  if (rows.length > 0 && id.rows[0]?.application_id !== APPLICATION_ID) {
    throw new OperatorError(
      `${path.join(folder, FILE)} is the database of another program; choose another folder with --data.`,
    );
  }
  if (!rows.some(({ name }) => name === 'kysely_migration')) return false;
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  if (applied.rows.some(({ name }) => !migrationNames.includes(name))) {
    throw new OperatorError(
      `${folder} was written by a newer version of gett-server; install that version, or choose another folder with --data.`,
    );
  }
  return applied.rows.length === migrationNames.length;
}

async function secretOf(db: Kysely<Tables>, durable: () => Promise<void>): Promise<Buffer> {
  await db
    .insertInto('settings')
    .values({ name: 'secret', value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await durable();
  const { value } = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'secret')
    .executeTakeFirstOrThrow();
  return Buffer.from(value, 'hex');
}
