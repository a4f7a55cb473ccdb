import type { Kysely } from 'kysely';
import type { GroupCommit } from '../group-commit.ts';
import type { Tables } from '../schema.ts';
import type { NewSmallBlob, StoreResult } from '../store.ts';
import { SmallUploads } from './blobs.ts';

/** Stores files that come whole; resolves when they survive a power cut. */
export interface SmallWriter {
  store(upload: NewSmallBlob): Promise<StoreResult>;
  close(): Promise<void>;
}

/** Writes in the thread that asks. */
export function smallWriter(db: Kysely<Tables>, commits: GroupCommit): SmallWriter {
  const uploads = new SmallUploads(db);
  return {
    store: (upload) => commits.run((trx) => uploads.store(trx, upload)),
    close: () => Promise.resolve(),
  };
}
