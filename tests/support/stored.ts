import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openRaw } from '../../src/server/metadata/sqlite.ts';

/** Names of all files below a folder of a server's data folder. */
export async function filesIn(data: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(data, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** How many blobs are stored, as files or in the database, whether anything refers to them or not. */
export async function countBlobs(data: string): Promise<number> {
  const database = openRaw(path.join(data, 'meta.db'), 5_000);
  try {
    const small = database.prepare('select blob_id from small_blobs').all([]);
    return (await filesIn(data, 'blobs')).length + small.length;
  } finally {
    database.close();
  }
}
