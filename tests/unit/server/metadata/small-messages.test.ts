import { describe, expect, it } from 'vitest';
import { batching, errorOf, failureOf } from '../../../../src/server/metadata/small/messages.ts';
import { SQLITE_FULL, SqliteError, sqliteCode } from '../../../../src/server/metadata/sqlite.ts';

describe('an error that comes from the thread that writes', () => {
  /** What is left of an object on its way between threads. */
  const across = (error: unknown) => errorOf(structuredClone(failureOf(error)));

  it('still says that the disk is full, in the words of SQLite or of the system', () => {
    const full = across(new SqliteError('database or disk is full', SQLITE_FULL));
    expect([full.message, sqliteCode(full)]).toEqual(['database or disk is full', SQLITE_FULL]);
    const system = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    expect(across(system)).toMatchObject({ message: 'no space left', code: 'ENOSPC' });
  });

  it('keeps its sentence when nothing else is known of it', () => {
    expect(across(new Error('odd')).message).toBe('odd');
    expect(across('thrown text').message).toBe('thrown text');
  });
});

it('what comes in one turn of the event loop is sent together, what comes later by itself', async () => {
  const sent: number[][] = [];
  const send = batching((items: number[]) => sent.push(items));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  send(1);
  send(2);
  await turn();
  send(3);
  await turn();
  expect(sent).toEqual([[1, 2], [3]]);
});
