import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SourceChangedError } from '../http/call-errors.ts';
import type { StreamSource } from '../upload/types.ts';

/**
 * A file of this computer, read anew for each try and never held in memory. When it is written to
 * while it is sent, the upload ends with `SourceChangedError`.
 *
 * @throws the file system's own error when there is no such file
 * @example
 * await file.send(await fileFromPath('film.mkv'));
 */
export async function fileFromPath(file: string): Promise<StreamSource & { name: string }> {
  const chosen = await stat(file);
  if (!chosen.isFile()) throw new TypeError(`${file} is not a file.`);
  const name = path.basename(file);

  async function* streamFrom(start: number) {
    const chunks: AsyncIterable<Uint8Array> = createReadStream(file, {
      start,
      highWaterMark: 256 * 1024,
    });
    let last: Uint8Array | undefined;
    for await (const chunk of chunks) {
      if (last) yield last;
      last = chunk;
    }
    // The last piece completes the upload, so it leaves only when the others are what was chosen.
    const { size, mtimeMs } = await stat(file);
    if (size !== chosen.size || mtimeMs !== chosen.mtimeMs) {
      throw new SourceChangedError(`${name} was written to while it was sent.`);
    }
    if (last) yield last;
  }

  return { name, size: chosen.size, stream: () => streamFrom(0), streamFrom };
}
