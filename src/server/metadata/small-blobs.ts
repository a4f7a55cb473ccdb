import type { Kysely, Transaction } from 'kysely';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { FileKey, NewSmallBlob, SmallBlobStore, StoreResult } from './store.ts';
import { discard, settleState } from './upload-steps.ts';

export class SmallBlobQueries implements SmallBlobStore {
  constructor(private readonly db: Kysely<Tables>) {}

  async read(blobId: string) {
    const row = await this.db
      .selectFrom('small_blobs')
      .select('bytes')
      .where('blob_id', '=', blobId)
      .executeTakeFirst();
    return row && Buffer.from(row.bytes);
  }

  async remove(blobId: string) {
    await this.db.deleteFrom('small_blobs').where('blob_id', '=', blobId).execute();
  }
}

/** What `begin` and `complete` of a larger upload do, in one step. */
export class SmallUploads {
  readonly #statements: ReturnType<typeof statements>;

  constructor(db: Kysely<Tables>) {
    this.#statements = statements(db);
  }

  async store(trx: Transaction<Tables>, upload: NewSmallBlob): Promise<StoreResult> {
    const { shareId, fileid, blobId, bytes, defaultLimit } = upload;
    const { findFile, insertBytes, insertBlob, updateFile, addUsed } = this.#statements;
    const key = { shareId, fileid };
    const file = (await trx.executeQuery(findFile(key))).rows[0];
    if (!file) return { outcome: 'gone' };

    const { owner_id: ownerId, replaced, running } = file;
    const size = bytes.length;
    const more = size - (file.replaced_size ?? 0) - (file.reserved ?? 0);
    const free = Math.max(0, (file.storage_limit ?? defaultLimit) - file.storage_used);
    if (more > free) {
      if (!running) await settleState(trx, key, 'storagelimit');
      return { outcome: 'storagelimit' };
    }

    if (running) {
      await discard(trx, running);
      await trx.deleteFrom('uploads').where('blob_id', '=', running).execute();
    }
    if (replaced) {
      await discard(trx, replaced);
      await trx.deleteFrom('blobs').where('blob_id', '=', replaced).execute();
    }
    await trx.executeQuery(insertBytes({ blobId, bytes }));
    await trx.executeQuery(insertBlob({ blobId, size, createdAt: Date.now() }));
    await trx.executeQuery(updateFile({ ...key, blobId }));
    await trx.executeQuery(addUsed({ ownerId, more }));
    return { outcome: 'stored', discarded: Boolean(running ?? replaced) };
  }
}

const statements = (db: Kysely<Tables>) => ({
  findFile: prepared<Pick<FileKey, 'shareId' | 'fileid'>>()((value) =>
    db
      .selectFrom('files')
      .innerJoin('shares', 'shares.share_id', 'files.share_id')
      .innerJoin('users', 'users.user_id', 'shares.owner_id')
      .leftJoin('blobs', 'blobs.blob_id', 'files.blob_id')
      .leftJoin('uploads', (join) =>
        join
          .onRef('uploads.share_id', '=', 'files.share_id')
          .onRef('uploads.fileid', '=', 'files.fileid'),
      )
      .select(['owner_id', 'storage_used', 'storage_limit', 'files.blob_id as replaced'])
      .select(['blobs.size as replaced_size', 'uploads.blob_id as running', 'uploads.reserved'])
      .where('files.share_id', '=', value('shareId'))
      .where('files.fileid', '=', value('fileid'))
      .where('state', 'not in', ['removed', 'violatedterms']),
  ),
  insertBytes: prepared<{ blobId: string; bytes: Buffer }>()((value) =>
    db.insertInto('small_blobs').values({ blob_id: value('blobId'), bytes: value('bytes') }),
  ),
  insertBlob: prepared<{ blobId: string; size: number; createdAt: number }>()((value) =>
    db
      .insertInto('blobs')
      .values({ blob_id: value('blobId'), size: value('size'), created_at: value('createdAt') }),
  ),
  updateFile: prepared<{ blobId: string; shareId: number; fileid: number }>()((value) =>
    db
      .updateTable('files')
      .set({ state: 'uploaded', blob_id: value('blobId') })
      .where('share_id', '=', value('shareId'))
      .where('fileid', '=', value('fileid')),
  ),
  addUsed: prepared<{ ownerId: number; more: number }>()((value) =>
    db
      .updateTable('users')
      .set((eb) => ({ storage_used: eb('storage_used', '+', value('more')) }))
      .where('user_id', '=', value('ownerId')),
  ),
});
