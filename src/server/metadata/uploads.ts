import type { Kysely, Transaction } from 'kysely';
import type { GroupCommit } from './group-commit.ts';
import type { Tables } from './schema.ts';
import { SmallUploads } from './small-blobs.ts';
import type { BeginResult, NewSmallBlob, NewUpload, UploadStore } from './store.ts';
import { addUsed, discard, settleState, storageOf } from './upload-steps.ts';

/**
 * Running uploads. Storage is reserved before bytes are accepted and settled in the transaction
 * that ends the upload, so the sum is right whenever the process dies. A replacement reserves only
 * what it needs beyond the old bytes, because these go when it succeeds.
 */
export class UploadQueries implements UploadStore {
  readonly #small: SmallUploads;

  constructor(
    private readonly db: Kysely<Tables>,
    private readonly commits: GroupCommit,
  ) {
    this.#small = new SmallUploads(db);
  }

  begin(upload: NewUpload) {
    return this.commits.run((trx) => begin(trx, upload));
  }

  storeSmall(upload: NewSmallBlob) {
    return this.commits.run((trx) => this.#small.store(trx, upload));
  }

  reserve(blobId: string, bytes: number, defaultLimit: number) {
    return this.db.transaction().execute(async (trx) => {
      const upload = await uploadOf(trx, blobId);
      if (!upload) return undefined;
      const { free } = await storageOf(trx, upload.ownerId, defaultLimit);
      const granted = Math.min(bytes, free);
      await addUsed(trx, upload.ownerId, granted);
      await trx
        .updateTable('uploads')
        .set((eb) => ({ reserved: eb('reserved', '+', granted) }))
        .where('blob_id', '=', blobId)
        .execute();
      return granted;
    });
  }

  declare(blobId: string, size: number, defaultLimit: number) {
    return this.commits.run(async (trx) => {
      const upload = await uploadOf(trx, blobId);
      if (!upload) return 'gone';
      const more = size - upload.reserved;
      const { free } = await storageOf(trx, upload.ownerId, defaultLimit);
      if (more > free) return 'storagelimit';
      await addUsed(trx, upload.ownerId, more);
      await trx
        .updateTable('uploads')
        .set({ declared_size: size, reserved: size })
        .where('blob_id', '=', blobId)
        .execute();
      return 'declared';
    });
  }

  checkpoint(blobId: string, offset: number) {
    return this.commits.run(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('uploads')
        .set({ durable_offset: offset, progress_at: Date.now() })
        .where('blob_id', '=', blobId)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  async stale(before: number, limit: number) {
    const rows = await this.db
      .selectFrom('uploads')
      .select(['share_id', 'fileid', 'blob_id'])
      .where('progress_at', '<', before)
      .orderBy('progress_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      shareId: row.share_id,
      fileid: row.fileid,
      blobId: row.blob_id,
    }));
  }

  async isStale(blobId: string, before: number) {
    const row = await this.db
      .selectFrom('uploads')
      .select('blob_id')
      .where('blob_id', '=', blobId)
      .where('progress_at', '<', before)
      .executeTakeFirst();
    return row !== undefined;
  }

  complete(blobId: string, size: number) {
    return this.commits.run(async (trx) => {
      const upload = await uploadOf(trx, blobId);
      if (!upload) {
        await discard(trx, blobId);
        return false;
      }
      if (upload.replaced) {
        await trx.deleteFrom('blobs').where('blob_id', '=', upload.replaced).execute();
        await discard(trx, upload.replaced);
      }
      await trx
        .insertInto('blobs')
        .values({ blob_id: blobId, size, created_at: Date.now() })
        .execute();
      await trx
        .updateTable('files')
        .set({ state: 'uploaded', blob_id: blobId })
        .where('share_id', '=', upload.shareId)
        .where('fileid', '=', upload.fileid)
        .execute();
      await trx.deleteFrom('uploads').where('blob_id', '=', blobId).execute();
      await addUsed(trx, upload.ownerId, size - upload.replacedSize - upload.reserved);
      return true;
    });
  }

  breakOff(blobId: string, state: 'remote' | 'storagelimit') {
    return this.commits.run(async (trx) => {
      const upload = await uploadOf(trx, blobId);
      await discard(trx, blobId);
      if (!upload) return;
      await addUsed(trx, upload.ownerId, -upload.reserved);
      await trx.deleteFrom('uploads').where('blob_id', '=', blobId).execute();
      await settleState(trx, upload, state);
    });
  }

  async unfinished() {
    const rows = await this.db
      .selectFrom('uploads')
      .select(['blob_id', 'durable_offset'])
      .execute();
    return rows.map(({ blob_id: blobId, durable_offset: offset }) => ({
      blobId,
      ...(offset !== null && { offset }),
    }));
  }

  async blobCount() {
    const { count } = await this.db
      .selectFrom('blobs')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('blob_id', 'not in', this.db.selectFrom('small_blobs').select('blob_id'))
      .executeTakeFirstOrThrow();
    return count;
  }

  async trash(limit: number) {
    const rows = await this.db.selectFrom('trash').select('blob_id').limit(limit).execute();
    return rows.map((row) => row.blob_id);
  }

  async emptyTrash(blobIds: readonly string[]) {
    await this.db.deleteFrom('trash').where('blob_id', 'in', blobIds).execute();
  }
}

async function begin(trx: Transaction<Tables>, upload: NewUpload): Promise<BeginResult> {
  const file = await trx
    .selectFrom('files')
    .innerJoin('shares', 'shares.share_id', 'files.share_id')
    .leftJoin('blobs', 'blobs.blob_id', 'files.blob_id')
    .leftJoin('uploads', (join) =>
      join
        .onRef('uploads.share_id', '=', 'files.share_id')
        .onRef('uploads.fileid', '=', 'files.fileid'),
    )
    .select(['owner_id', 'blobs.size', 'uploads.blob_id as running', 'uploads.reserved'])
    .where('files.share_id', '=', upload.shareId)
    .where('files.fileid', '=', upload.fileid)
    .where('state', 'not in', ['removed', 'violatedterms'])
    .executeTakeFirst();
  if (!file) return { outcome: 'gone' };

  const ownerId = file.owner_id;
  const replacedSize = file.size ?? 0;
  const { free } = await storageOf(trx, ownerId, upload.defaultLimit);
  const returned = file.reserved ?? 0;
  const reserved = Math.max(0, (upload.declaredSize ?? 0) - replacedSize);
  if (reserved > free + returned) {
    if (!file.running) await settleState(trx, upload, 'storagelimit');
    return { outcome: 'storagelimit' };
  }

  if (file.running) await discard(trx, file.running);
  await addUsed(trx, ownerId, reserved - returned);
  await trx
    .replaceInto('uploads')
    .values({
      share_id: upload.shareId,
      fileid: upload.fileid,
      blob_id: upload.blobId,
      declared_size: upload.declaredSize ?? null,
      reserved,
      started_at: Date.now(),
      durable_offset: upload.resumable ? 0 : null,
      progress_at: upload.resumable ? Date.now() : null,
    })
    .execute();
  await trx
    .updateTable('files')
    .set({ state: 'uploading' })
    .where('share_id', '=', upload.shareId)
    .where('fileid', '=', upload.fileid)
    .execute();
  return { outcome: 'begun', ownerId, replacedSize, reserved };
}

async function uploadOf(trx: Transaction<Tables>, blobId: string) {
  const row = await trx
    .selectFrom('uploads')
    .innerJoin('shares', 'shares.share_id', 'uploads.share_id')
    .innerJoin('files', (join) =>
      join
        .onRef('files.share_id', '=', 'uploads.share_id')
        .onRef('files.fileid', '=', 'uploads.fileid'),
    )
    .leftJoin('blobs', 'blobs.blob_id', 'files.blob_id')
    .select(['uploads.share_id', 'uploads.fileid', 'owner_id', 'reserved'])
    .select(['files.blob_id as replaced', 'blobs.size as replaced_size'])
    .where('uploads.blob_id', '=', blobId)
    .executeTakeFirst();
  return (
    row && {
      shareId: row.share_id,
      fileid: row.fileid,
      ownerId: row.owner_id,
      reserved: row.reserved,
      replaced: row.replaced,
      replacedSize: row.replaced_size ?? 0,
    }
  );
}
