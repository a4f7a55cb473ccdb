import Libsql from 'libsql';
import { beforeEach, expect, test } from 'vitest';
import { GroupCommit } from '../../../../src/server/metadata/group-commit.ts';
import { kyselyOver } from '../../../../src/server/metadata/sqlite.ts';

let syncs: { resolve: () => void; reject: (error: Error) => void }[];
let commits: GroupCommit;
let names: () => unknown[];
beforeEach(() => {
  const raw = new Libsql(':memory:');
  raw.exec('create table settings (name text primary key, value text not null)');
  names = () => raw.prepare('select name from settings order by name').pluck().all();
  syncs = [];
  const durable = () =>
    new Promise<void>((resolve, reject) => {
      syncs.push({ resolve, reject });
    });
  commits = new GroupCommit(kyselyOver(raw), durable);
});

const insert = (name: string) =>
  commits.run(async (trx) => {
    await trx.insertInto('settings').values({ name, value: '' }).execute();
    return name;
  });
const syncBegun = (count: number) => expect.poll(() => syncs.length).toBe(count);

test('a change is answered only when the sync after it has ended', async () => {
  const answers: string[] = [];
  const inserted = insert('a').then((name) => answers.push(name));
  await syncBegun(1);
  expect([names(), answers]).toEqual([['a'], []]);
  syncs[0]?.resolve();
  await inserted;
  expect(answers).toEqual(['a']);
});

test('changes that come during a sync share the next one', async () => {
  const first = insert('a');
  await syncBegun(1);
  const rest = ['b', 'c', 'd'].map(insert);
  syncs[0]?.resolve();
  await first;
  await syncBegun(2);
  syncs[1]?.resolve();
  expect(await Promise.all(rest)).toEqual(['b', 'c', 'd']);
  expect(syncs).toHaveLength(2);
});

test('a change that fails does so alone', async () => {
  const first = insert('a');
  await syncBegun(1);
  const [good, bad, other] = [insert('b'), insert('a'), insert('c')];
  bad.catch(() => undefined);
  syncs[0]?.resolve();
  await first;
  await syncBegun(2);
  syncs[1]?.resolve();
  expect(await Promise.all([good, other])).toEqual(['b', 'c']);
  await expect(bad).rejects.toThrow(/UNIQUE/i);
  expect(names()).toEqual(['a', 'b', 'c']);
});

test('when the sync fails nobody is told of success', async () => {
  const inserted = insert('a');
  await syncBegun(1);
  syncs[0]?.reject(new Error('EIO'));
  await expect(inserted).rejects.toThrow('EIO');
});
