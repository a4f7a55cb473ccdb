import { errorCode } from '../../errors.ts';
import { SqliteError, sqliteCode } from '../sqlite.ts';
import type { NewSmallBlob, StoreResult } from '../store.ts';

/** What the thread that writes is sent: uploads with a number each, or that there are no more. */
export type Request = StoreJob[] | 'close';

export interface StoreJob {
  id: number;
  upload: NewSmallBlob;
}

export type StoreAnswer = { id: number; result: StoreResult } | { id: number; failure: Failure };

/** An error, as far as anybody asks: the properties of one are lost between threads. */
export interface Failure {
  message: string;
  code?: string;
  sqlite?: number;
}

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  const sqlite = sqliteCode(error);
  return { message, ...(code !== undefined && { code }), ...(sqlite !== undefined && { sqlite }) };
}

export function errorOf({ message, code, sqlite }: Failure): Error {
  if (sqlite !== undefined) return new SqliteError(message, sqlite);
  return Object.assign(new Error(message), code !== undefined && { code });
}

/**
 * Sends what comes in one turn of the event loop as one message: a message wakes the other thread,
 * which costs more than all that is in it.
 */
export function batching<T>(send: (items: T[]) => void): (item: T) => void {
  let batch: T[] = [];
  return (item) => {
    if (batch.push(item) > 1) return;
    setImmediate(() => {
      const items = batch;
      batch = [];
      send(items);
    });
  };
}
