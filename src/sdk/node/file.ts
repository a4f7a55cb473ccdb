import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { StreamSource } from '../upload/types.ts';

/**
 * A file of this computer, read anew for each try and never held in memory.
 *
 * @throws the file system's own error when there is no such file
 * @example
 * await file.send(await fileFromPath('film.mkv'), { method: 'put' });
 */
export async function fileFromPath(file: string): Promise<StreamSource & { name: string }> {
  const info = await stat(file);
  if (!info.isFile()) throw new TypeError(`${file} is not a file.`);
  return {
    name: path.basename(file),
    size: info.size,
    stream: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
  };
}
