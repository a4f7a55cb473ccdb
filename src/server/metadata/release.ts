import { sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Takes files away: gives their storage back and hands their bytes to the trash. */
export async function releaseFiles(
  trx: Transaction<Tables>,
  { shareId, fileid }: { shareId: number; fileid?: number },
  state: 'removed' | 'violatedterms' = 'removed',
): Promise<void> {
  const one = fileid === undefined ? sql`` : sql` and fileid = ${fileid}`;
  const files = sql`select blob_id from files where share_id = ${shareId}${one} and blob_id is not null`;
  const uploads = sql`select blob_id from uploads where share_id = ${shareId}${one}`;
  await sql`insert or ignore into trash ${files} union ${uploads}`.execute(trx);
  await sql`update users set storage_used = storage_used
      - coalesce((select sum(size) from blobs where blob_id in (${files})), 0)
      - coalesce((select sum(reserved) from uploads where share_id = ${shareId}${one}), 0)
    where user_id = (select owner_id from shares where share_id = ${shareId})`.execute(trx);
  await sql`delete from blobs where blob_id in (${files})`.execute(trx);
  await sql`delete from uploads where share_id = ${shareId}${one}`.execute(trx);
  await sql`update files set state = ${state}, blob_id = null
    where share_id = ${shareId}${one}`.execute(trx);
}
