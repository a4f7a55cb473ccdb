import { type Kysely, type Selectable, sql } from 'kysely';
import { randomName } from './names.ts';
import type { Tables } from './schema.ts';
import type { AccountStore, AppRecord, NewUser, Usage, UserRecord } from './store.ts';

const USERID_LENGTH = 12;

const userRecord = (row: Selectable<Tables['users']>): UserRecord => ({
  userId: row.user_id,
  publicId: row.public_id,
  email: row.email,
  fullname: row.fullname,
  passwordHash: row.password_hash,
  tokenEpoch: row.token_epoch,
  storageUsed: row.storage_used,
  anonymous: row.anonymous === 1,
  ...(row.storage_limit !== null && { storageLimit: row.storage_limit }),
});

const appRecord = (row: Selectable<Tables['apps']>): AppRecord => ({
  appId: row.app_id,
  name: row.name,
  createdAt: row.created_at,
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
});

/** Addresses are told apart without regard to case. */
const normalEmail = (email: string) => email.trim().toLowerCase();

export class AccountQueries implements AccountStore {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly durable: () => Promise<void>,
  ) {}

  async addUser({ email, fullname, passwordHash, storageLimit }: NewUser) {
    const row = await this.db
      .insertInto('users')
      .values({
        public_id: randomName(USERID_LENGTH),
        email: normalEmail(email),
        fullname,
        password_hash: passwordHash,
        storage_limit: storageLimit ?? null,
        created_at: Date.now(),
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returningAll()
      .executeTakeFirst();
    await this.durable();
    return row && userRecord(row);
  }

  async addAnonymous(storageLimit: number) {
    const publicId = randomName(USERID_LENGTH);
    const row = await this.db
      .insertInto('users')
      .values({
        public_id: publicId,
        // Nobody can have it: https://www.rfc-editor.org/rfc/rfc6761#section-6.4
        email: `${publicId}@anonymous.invalid`,
        fullname: '',
        password_hash: '',
        storage_limit: storageLimit,
        created_at: Date.now(),
        anonymous: 1,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.durable();
    return userRecord(row);
  }

  async dropAnonymous(before: number) {
    await this.db
      .deleteFrom('users')
      .where('anonymous', '=', 1)
      .where('created_at', '<', before)
      .where('user_id', 'not in', (eb) => eb.selectFrom('shares').select('owner_id'))
      .execute();
  }

  async setPassword(email: string, passwordHash: string) {
    const { numUpdatedRows } = await this.db
      .updateTable('users')
      .set((eb) => ({
        password_hash: passwordHash,
        token_epoch: eb('token_epoch', '+', 1),
      }))
      .where('email', '=', normalEmail(email))
      .where('anonymous', '=', 0)
      .executeTakeFirst();
    await this.durable();
    return numUpdatedRows > 0n;
  }

  async userByEmail(email: string) {
    const row = await this.db
      .selectFrom('users')
      .selectAll()
      .where('email', '=', normalEmail(email))
      .where('anonymous', '=', 0)
      .executeTakeFirst();
    return row && userRecord(row);
  }

  async userByPublicId(publicId: string) {
    const row = await this.db
      .selectFrom('users')
      .selectAll()
      .where('public_id', '=', publicId)
      .executeTakeFirst();
    return row && userRecord(row);
  }

  async usage(userId: number): Promise<Usage> {
    const files = await this.db
      .selectFrom('files')
      .innerJoin('shares', 'shares.share_id', 'files.share_id')
      .select((eb) => [
        eb.fn.countAll<number>().as('files'),
        eb.fn.sum('downloads').as('downloads'),
      ])
      .where('owner_id', '=', userId)
      .where('state', '!=', 'removed')
      .executeTakeFirstOrThrow();
    const uploads = await this.db
      .selectFrom('uploads')
      .innerJoin('shares', 'shares.share_id', 'uploads.share_id')
      .select(sql<number | null>`sum(reserved - coalesce(durable_offset, 0))`.as('reserved'))
      .where('owner_id', '=', userId)
      .executeTakeFirstOrThrow();
    return {
      files: files.files,
      downloads: Number(files.downloads ?? 0),
      reserved: uploads.reserved ?? 0,
    };
  }

  async addApp(name: string, keyHash: string) {
    const row = await this.db
      .insertInto('apps')
      .values({ name, key_hash: keyHash, created_at: Date.now() })
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.durable();
    return appRecord(row);
  }

  async apps() {
    const rows = await this.db.selectFrom('apps').selectAll().orderBy('app_id').execute();
    return rows.map(appRecord);
  }

  async app(appId: number) {
    const row = await this.db
      .selectFrom('apps')
      .selectAll()
      .where('app_id', '=', appId)
      .executeTakeFirst();
    return row && appRecord(row);
  }

  async appByKeyHash(keyHash: string) {
    const row = await this.db
      .selectFrom('apps')
      .selectAll()
      .where('key_hash', '=', keyHash)
      .executeTakeFirst();
    return row && appRecord(row);
  }

  async revokeApp(appId: number) {
    const { numUpdatedRows } = await this.db
      .updateTable('apps')
      .set({ revoked_at: Date.now() })
      .where('app_id', '=', appId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    await this.durable();
    return numUpdatedRows > 0n;
  }
}
