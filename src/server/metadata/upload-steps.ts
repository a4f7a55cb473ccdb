import { sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';
import type { FileKey } from './store.ts';

export async function storageOf(trx: Transaction<Tables>, userId: number, defaultLimit: number) {
  const row = await trx
    .selectFrom('users')
    .select(['storage_used', 'storage_limit'])
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return { free: Math.max(0, (row.storage_limit ?? defaultLimit) - row.storage_used) };
}

export async function addUsed(trx: Transaction<Tables>, userId: number, bytes: number) {
  await trx
    .updateTable('users')
    .set((eb) => ({ storage_used: eb('storage_used', '+', bytes) }))
    .where('user_id', '=', userId)
    .execute();
}

/** An upload that ends without success leaves the old bytes, where there are some, as they were. */
export async function settleState(
  trx: Transaction<Tables>,
  { shareId, fileid }: FileKey,
  state: 'remote' | 'storagelimit',
) {
  await trx
    .updateTable('files')
    .set({ state: sql`case when blob_id is null then ${state} else 'uploaded' end` })
    .where('share_id', '=', shareId)
    .where('fileid', '=', fileid)
    .execute();
}

export async function discard(trx: Transaction<Tables>, blobId: string) {
  await trx
    .insertInto('trash')
    .values({ blob_id: blobId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
