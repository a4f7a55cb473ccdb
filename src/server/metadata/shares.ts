import { type Insertable, type Kysely, sql } from 'kysely';
import { randomName } from './names.ts';
import { prepared } from './prepared.ts';
import { fileRecord, NOTHING_STORED, shareRecord } from './records.ts';
import { releaseFiles } from './release.ts';
import type { Tables } from './schema.ts';
import { SQLITE_CONSTRAINT, sqliteCode } from './sqlite.ts';
import type { FileKey, NewFile, ShareStore } from './store.ts';

/** The longest name the protocol allows: 62^8 names, so that nobody finds a share by trying. */
const SHARENAME_LENGTH = 8;
const NAME_ATTEMPTS = 3;
/** Ids that are kept in memory: a megabyte. */
const MAX_IDS = 10_000;

export class ShareQueries implements ShareStore {
  readonly #statements: ReturnType<typeof statements>;
  /** By names. A share has the same ones for ever. */
  readonly #ids = new Map<string, number>();

  constructor(
    private readonly db: Kysely<Tables>,
    private readonly durable: () => Promise<void>,
  ) {
    this.#statements = statements(db);
  }

  async create(ownerId: number, title: string | undefined, expiresAt?: number) {
    const sharename = await this.#insertShare({
      owner_id: ownerId,
      title: title ?? null,
      expires_at: expiresAt ?? null,
      created_at: Date.now(),
    });
    await this.durable();
    const share = await this.byName(sharename);
    if (!share) throw new Error('a share vanished right after it was created');
    return share;
  }

  async expired(before: number, limit: number) {
    const rows = await this.db
      .selectFrom('shares')
      .select('share_id')
      .where('expires_at', '<=', before)
      .where('removed_at', 'is', null)
      .orderBy('expires_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ shareId: row.share_id }));
  }

  async byName(sharename: string) {
    const { rows } = await this.db.executeQuery(this.#statements.byName({ sharename }));
    return rows[0] && shareRecord(rows[0]);
  }

  async ofOwner(ownerId: number, { skip, limit }: { skip: number; limit?: number }) {
    const rows = await selectShares(this.db)
      .where('owner_id', '=', ownerId)
      .where('removed_at', 'is', null)
      .orderBy('share_id', 'desc')
      // SQLite knows an offset only after a limit; a negative one means none.
      .limit(limit ?? -1)
      .offset(skip)
      .execute();
    return rows.map(shareRecord);
  }

  async setTitle(shareId: number, title: string | undefined) {
    await this.db
      .updateTable('shares')
      .set({ title: title ?? null })
      .where('share_id', '=', shareId)
      .execute();
    await this.durable();
  }

  async remove(shareId: number) {
    await this.db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('shares')
        .set({ removed_at: Date.now() })
        .where('share_id', '=', shareId)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await releaseFiles(trx, { shareId });
    });
    await this.durable();
  }

  async addFiles(shareId: number, files: readonly NewFile[]) {
    const createdAt = Date.now();
    const records = await this.db.transaction().execute(async (trx) => {
      const counted = await trx
        .updateTable('shares')
        .set((eb) => ({ next_fileid: eb('next_fileid', '+', files.length) }))
        .where('share_id', '=', shareId)
        .where('removed_at', 'is', null)
        .returning('next_fileid')
        .executeTakeFirst();
      if (!counted) return undefined;
      const rows = files.map(({ filename, session, size }, i) => ({
        share_id: shareId,
        fileid: counted.next_fileid - files.length + i,
        filename,
        session: session ?? null,
        state: 'remote' as const,
        created_at: createdAt,
        announced_size: size ?? null,
      }));
      if (rows.length > 0) await trx.insertInto('files').values(rows).execute();
      return rows;
    });
    await this.durable();
    return records?.map((row) => fileRecord({ ...row, ...NOTHING_STORED }));
  }

  async file({ shareId, fileid }: FileKey) {
    const { rows } = await this.db.executeQuery(this.#statements.byKey({ shareId, fileid }));
    return rows[0] && fileRecord(rows[0]);
  }

  async idOf(sharename: string) {
    const known = this.#ids.get(sharename);
    if (known !== undefined) return known;
    const { rows } = await this.db.executeQuery(this.#statements.idOf({ sharename }));
    const id = rows[0]?.share_id;
    if (id === undefined) return undefined;
    if (this.#ids.size === MAX_IDS) this.#ids.clear();
    this.#ids.set(sharename, id);
    return id;
  }

  async files(shareIds: readonly number[]) {
    if (shareIds.length === 0) return [];
    const rows = await selectFiles(this.db)
      // One bound value, however many shares: SQLite bounds the number of parameters.
      .where(
        sql<boolean>`files.share_id in (select value from json_each(${JSON.stringify(shareIds)}))`,
      )
      .where('files.state', '!=', 'removed')
      .orderBy('files.share_id')
      .orderBy('files.fileid', 'desc')
      .execute();
    return rows.map(fileRecord);
  }

  async removeFile(key: FileKey) {
    await this.db.transaction().execute((trx) => releaseFiles(trx, key));
    await this.durable();
  }

  async announced({ shareId, fileid }: FileKey) {
    const row = await this.db
      .selectFrom('files')
      .innerJoin('shares', 'shares.share_id', 'files.share_id')
      .select(['owner_id', 'sharename', 'filename', 'session'])
      .where('files.share_id', '=', shareId)
      .where('fileid', '=', fileid)
      .executeTakeFirst();
    if (!row) return undefined;
    const { owner_id: ownerId, sharename, filename, session } = row;
    return { ownerId, sharename, filename, ...(session !== null && { session }) };
  }

  async sessionOwner(session: string) {
    const row = await this.db
      .selectFrom('files')
      .innerJoin('shares', 'shares.share_id', 'files.share_id')
      .select('owner_id')
      .where('session', '=', session)
      .orderBy('files.created_at')
      .executeTakeFirst();
    return row?.owner_id;
  }

  async addDownloads(counts: readonly (FileKey & { count: number })[]) {
    await this.db.transaction().execute(async (trx) => {
      for (const { shareId, fileid, count } of counts) {
        await trx
          .updateTable('files')
          .set((eb) => ({ downloads: eb('downloads', '+', count) }))
          .where('share_id', '=', shareId)
          .where('fileid', '=', fileid)
          .execute();
      }
    });
  }

  /** Random names collide now and then; the unique index says so. */
  async #insertShare(
    row: Pick<Insertable<Tables['shares']>, 'owner_id' | 'title' | 'expires_at' | 'created_at'>,
  ): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const sharename = randomName(SHARENAME_LENGTH);
      try {
        await this.db
          .insertInto('shares')
          .values({ sharename, ...row })
          .execute();
        return sharename;
      } catch (error) {
        if (sqliteCode(error) !== SQLITE_CONSTRAINT || attempt === NAME_ATTEMPTS) throw error;
      }
    }
  }
}

const selectShares = (db: Kysely<Tables>) =>
  db
    .selectFrom('shares')
    .innerJoin('users', 'users.user_id', 'shares.owner_id')
    .select([
      'share_id',
      'sharename',
      'title',
      'shares.created_at',
      'removed_at',
      'expires_at',
      'owner_id',
      'public_id',
      'fullname',
    ]);

const selectFiles = (db: Kysely<Tables>) =>
  db
    .selectFrom('files')
    .leftJoin('blobs', 'blobs.blob_id', 'files.blob_id')
    .leftJoin('uploads', (join) =>
      join
        .onRef('uploads.share_id', '=', 'files.share_id')
        .onRef('uploads.fileid', '=', 'files.fileid'),
    )
    .select([
      'files.share_id',
      'files.fileid',
      'filename',
      'state',
      'session',
      'files.created_at',
      'downloads',
      'blobs.blob_id',
      'blobs.size',
      'blobs.created_at as stored_at',
      'declared_size',
      'uploads.blob_id as upload_id',
      'reserved',
      'durable_offset',
      'announced_size',
    ]);

/** Nearly every request asks these. */
const statements = (db: Kysely<Tables>) => ({
  byName: prepared<{ sharename: string }>()((value) =>
    selectShares(db).where('sharename', '=', value('sharename')),
  ),
  byKey: prepared<Pick<FileKey, 'shareId' | 'fileid'>>()((value) =>
    selectFiles(db)
      .where('files.share_id', '=', value('shareId'))
      .where('files.fileid', '=', value('fileid')),
  ),
  idOf: prepared<{ sharename: string }>()((value) =>
    db.selectFrom('shares').select('share_id').where('sharename', '=', value('sharename')),
  ),
});
