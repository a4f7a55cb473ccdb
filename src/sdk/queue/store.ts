import { boolean, type Decoder, number, object, optional } from '../../protocol/decoder.ts';
import { decodeFile } from '../../protocol/decoders.ts';
import type { GettFile } from '../../protocol/shapes.ts';
import { openDatabase } from '../http/database.ts';

/** What it takes to go on with a file after a restart, but for its bytes; plain data. */
export interface StoredUpload {
  /** Holds the upload URLs, which let anybody send the bytes. */
  file: GettFile;
  size?: number | undefined;
  priority: number;
  onDemand: boolean;
  position: number;
}

export const decodeStoredUpload: Decoder<StoredUpload> = object({
  file: decodeFile,
  size: optional(number),
  priority: number,
  onDemand: boolean,
  position: number,
});

/** Where a queue is kept. Entries are checked when they are read. */
export interface QueueStore {
  /** Puts an entry in, or another in its place. */
  set(key: string, upload: StoredUpload): Promise<void>;
  /** Takes an entry out; not an error when there is none. */
  delete(key: string): Promise<void>;
  /** All entries, in any order. */
  entries(): Promise<unknown[]>;
}

/**
 * Keeps a queue in IndexedDB, but for the bytes.
 *
 * @param name of the database, `gett-queue` by default; one for each account
 */
export function indexedDbQueueStore(name = 'gett-queue'): QueueStore {
  const { set, delete: remove, values } = openDatabase(name, 'uploads');
  return { set, delete: remove, entries: values };
}
