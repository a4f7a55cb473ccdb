import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import Libsql from 'libsql';
import type { Tables } from './schema.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html */
export const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_CONSTRAINT = 19;
export const SQLITE_NOTADB = 26;

/** How long another connection that is writing is waited for; milliseconds. */
export const BUSY_TIMEOUT = 5_000;

/** Lists of parameters make some texts vary; more than this are not kept. */
const MAX_PREPARED = 256;

/** A synchronous SQLite connection: what Kysely needs, and `exec` for statements without rows. */
export interface RawDatabase extends SqliteDatabase {
  exec(statement: string): void;
}

/** `node:sqlite` is in Node from 22.13 on; the types of Node 20 do not know it. */
interface NodeSqlite {
  DatabaseSync: new (path: string, options: { timeout: number }) => NodeDatabase;
}
interface NodeDatabase {
  close(): void;
  exec(statement: string): void;
  prepare(statement: string): NodeStatement;
}
interface NodeStatement {
  columns(): unknown[];
  all(...parameters: readonly unknown[]): unknown[];
  run(...parameters: readonly unknown[]): {
    changes: number | bigint;
    lastInsertRowid: number | bigint;
  };
  iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
}

function isNodeSqlite(module: unknown): module is NodeSqlite {
  return typeof module === 'object' && module !== null && 'DatabaseSync' in module;
}

function overNodeSqlite(raw: NodeDatabase): RawDatabase {
  return {
    close: () => raw.close(),
    exec: (statement) => raw.exec(statement),
    prepare(text) {
      const statement = raw.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
    },
  };
}

/** Node 22 calls its SQLite experimental, on the stream on which this program complains. */
function loadNodeSqlite(): unknown {
  const warn = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule?.('node:sqlite');
  } finally {
    process.emitWarning = warn;
  }
}

/**
 * Opens a database file, which is created when it is missing.
 * @param busyTimeout milliseconds to wait for another process that is writing.
 */
export function openRaw(path: string, busyTimeout: number): RawDatabase {
  const builtin = loadNodeSqlite();
  return withPreparedOnce(
    isNodeSqlite(builtin)
      ? overNodeSqlite(new builtin.DatabaseSync(path, { timeout: busyTimeout }))
      : new Libsql(path, { timeout: busyTimeout }),
  );
}

/**
 * Kysely prepares a statement for each execution, which costs more than running it. The same text
 * gives the same statement here; that is safe because each execution ends before the next begins.
 */
function withPreparedOnce(raw: RawDatabase): RawDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => raw.close(),
    exec: (statement) => raw.exec(statement),
    prepare(text) {
      const known = prepared.get(text);
      if (known) return known;
      if (prepared.size === MAX_PREPARED) prepared.clear();
      const statement = knowingItsKind(raw.prepare(text));
      prepared.set(text, statement);
      return statement;
    },
  };
}

/** Kysely asks for the kind of a statement at each execution, and libsql looks anew each time. */
function knowingItsKind(statement: SqliteStatement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(parameters),
    run: (parameters) => statement.run(parameters),
    iterate: (parameters) => statement.iterate(parameters),
  };
}

/** The primary result code of an error from either engine; `undefined` for other errors. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'rawCode' in error ? error.rawCode : 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/**
 * Takes the write lock at `begin`: a transaction that reads first and writes later fails at once
 * when another process wrote in between, whatever the busy timeout says.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }
}

export function kyselyOver(database: RawDatabase): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new ImmediateDialect({ database }) });
}
