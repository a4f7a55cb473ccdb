import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { SMALL_BLOB } from '../blobs/small.ts';
import { gather } from '../transfers/gather.ts';

/** What a form may add to the bytes of a file; bytes. */
const FORM = 4 * 1024;

/**
 * Lets a short file be taken in one step. Not for clients that wait for leave to send it.
 * @param file the body, or the part of it that is the file
 */
export function smallBody(
  req: IncomingMessage,
  file: Readable = req,
): { small?(): Promise<Buffer | undefined> } {
  const announced = Number(req.headers['content-length'] ?? Number.NaN);
  const short = announced <= (file === req ? SMALL_BLOB : SMALL_BLOB + FORM);
  return short ? { small: () => gather(file, SMALL_BLOB) } : {};
}
