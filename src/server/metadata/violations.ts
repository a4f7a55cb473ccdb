import type { Kysely } from 'kysely';
import { releaseFiles } from './release.ts';
import type { Tables } from './schema.ts';
import type { ViolationStore } from './store.ts';

export class ViolationQueries implements ViolationStore {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly durable: () => Promise<void>,
  ) {}

  async add(sharename: string, fileid: number, reason: string) {
    const filename = await this.db.transaction().execute(async (trx) => {
      const file = await trx
        .selectFrom('files')
        .innerJoin('shares', 'shares.share_id', 'files.share_id')
        .select(['files.share_id', 'filename'])
        .where('sharename', '=', sharename)
        .where('fileid', '=', fileid)
        .where('state', 'not in', ['removed', 'violatedterms'])
        .executeTakeFirst();
      if (!file) return undefined;
      await releaseFiles(trx, { shareId: file.share_id, fileid }, 'violatedterms');
      await trx
        .insertInto('violations')
        .values({ share_id: file.share_id, fileid, reason, created_at: Date.now() })
        .execute();
      return file.filename;
    });
    await this.durable();
    return filename;
  }

  async take() {
    const rows = await this.db
      .updateTable('violations')
      .set({ taken_at: Date.now() })
      .where('taken_at', 'is', null)
      .returning(['share_id', 'fileid', 'reason'])
      .execute();
    return rows.map(({ share_id: shareId, fileid, reason }) => ({ shareId, fileid, reason }));
  }
}
