import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { array, type Decoder, object, string } from '../../protocol/decoder.ts';
import type { QueueStore, StoredUpload } from '../../sdk/index.ts';
import { readIfThere, writePrivately } from '../../sdk/node/private-file.ts';
import { decodeStoredUpload } from '../../sdk/queue/store.ts';
import type { Source } from './sources.ts';

/** What was broken off is remembered for so long. */
const KEEP_MS = 14 * 24 * 3_600_000;

/** One share of a command line that has not ended. */
export interface UploadRecord {
  sharename: string;
  session: string;
  /** File ids in the order of the command line. */
  order: string[];
  /** What is not stored yet. */
  uploads: StoredUpload[];
}

const decodeRecord: Decoder<UploadRecord> = object({
  sharename: string,
  session: string,
  order: array(string),
  uploads: array(decodeStoredUpload),
});

/** A command line, and which of its shares. */
interface Command {
  baseUrl: string;
  account: string;
  title: string | undefined;
  words: readonly string[];
  place: number;
}

/** The file of a share that a command line would make; `undefined` when it cannot be resumed. */
export function recordFile(
  folder: string,
  { baseUrl, account, title, words, place }: Command,
  sources: readonly Source[],
): string | undefined {
  const identities = sources.map(({ identity }) => identity);
  if (identities.includes(undefined)) return undefined;
  const paths = words.map((word) => path.resolve(word));
  const text = JSON.stringify([baseUrl, account, title ?? null, paths, place, identities]);
  return path.join(folder, `${createHash('sha256').update(text).digest('hex')}.json`);
}

export async function readRecord(file: string): Promise<UploadRecord | undefined> {
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return decodeRecord(JSON.parse(text), 'record');
  } catch {
    // Of another version, or damaged: the upload begins anew.
    return undefined;
  }
}

/** Forgets what nobody has come back for. */
export async function sweepRecords(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const info = await stat(file).catch(() => undefined);
    if (info && now - info.mtimeMs > KEEP_MS) await rm(file, { force: true });
  }
}

/**
 * The shares of one run, as the queue keeps them: one file of the disk for each share. Those that
 * are stored stay too, so that a second run does not make them again, until all of them are.
 */
export class Records implements QueueStore {
  readonly #files = new Map<string, Open>();

  /** From now on uploads to this share are kept in this file. */
  open(file: string, record: UploadRecord): void {
    this.#files.set(record.sharename, { file, record, writing: Promise.resolve() });
  }

  async set(_key: string, upload: StoredUpload): Promise<void> {
    const open = this.#files.get(upload.file.sharename);
    if (!open) return;
    const { record } = open;
    record.uploads = [...record.uploads.filter((other) => !isSame(other, upload)), upload];
    if (!record.order.includes(upload.file.fileid)) record.order.push(upload.file.fileid);
    await this.#write(open);
  }

  async delete(key: string): Promise<void> {
    for (const open of this.#files.values()) {
      const { record } = open;
      const left = record.uploads.filter(({ file }) => `${file.sharename}/${file.fileid}` !== key);
      if (left.length === record.uploads.length) continue;
      record.uploads = left;
      await this.#write(open);
    }
  }

  async entries(): Promise<StoredUpload[]> {
    return [...this.#files.values()].flatMap(({ record }) => record.uploads);
  }

  /** Forgets the run, which is over. */
  async remove(): Promise<void> {
    await this.flush();
    for (const { file } of this.#files.values()) await rm(file, { force: true });
  }

  /** Resolves when everything is on the disk. */
  async flush(): Promise<void> {
    for (const { writing } of this.#files.values()) await writing;
  }

  /** Changes that come while one is being written are written together after it. */
  #write(open: Open): Promise<void> {
    open.next ??= open.writing.then(async () => {
      delete open.next;
      const { file, record } = open;
      await writePrivately(file, `${JSON.stringify(record)}\n`);
    });
    open.writing = open.next.catch(() => undefined);
    return open.next;
  }
}

interface Open {
  file: string;
  record: UploadRecord;
  writing: Promise<void>;
  next?: Promise<void>;
}

function isSame(a: StoredUpload, b: StoredUpload): boolean {
  return a.file.sharename === b.file.sharename && a.file.fileid === b.file.fileid;
}
