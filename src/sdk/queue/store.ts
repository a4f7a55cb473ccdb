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
  set(key: string, upload: StoredUpload): Promise<void>;
  delete(key: string): Promise<void>;
  entries(): Promise<unknown[]>;
}

/** @param name of the database, `gett-queue` by default; one for each account */
export function indexedDbQueueStore(name = 'gett-queue'): QueueStore {
  const { set, delete: remove, values } = openDatabase(name, 'uploads');
  return { set, delete: remove, entries: values };
}
