import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CallOptions, ShareFile } from '../gett/file.ts';
import { errorForStatus } from '../http/answer-errors.ts';
import { NetworkError } from '../http/call-errors.ts';
import type { Fetch } from '../http/http.ts';
import { redactUrl, safeCause } from '../http/redact.ts';

/** Options of {@link saveFile}. */
export interface SaveOptions extends CallOptions {
  /** Bytes on the disk, of all there are; `undefined` while the uploader has not told the size. */
  onProgress?: (progress: { received: number; total: number | undefined }) => void;
  /** Leave the count of downloads alone; the owner's right. */
  noinc?: boolean;
  /** The global one by default. */
  fetch?: Fetch;
}

/**
 * Saves a file to the disk, piece by piece. It stands under its name only when it is whole: until
 * then the bytes are in `NAME.XXXXXXXX.part` beside it. When that is cut off, the same call goes on
 * where it ended, unless the file was replaced meanwhile. A file that is still being uploaded is
 * followed to its end. Missing folders are made.
 *
 * @throws NotFoundError, NetworkError (call it again), the file system's own errors
 * @example
 * const [first] = (await gett.shares.get(share.sharename)).files;
 * if (first) await saveFile(first, `downloads/${first.fileid}.bin`);
 */
export async function saveFile(
  file: ShareFile,
  target: string,
  options: SaveOptions = {},
): Promise<void> {
  const { fetch = globalThis.fetch, signal, noinc = false, onProgress } = options;
  const url = file.blobUrl({ download: true, noinc });
  const ask = async (method: 'GET' | 'HEAD', headers: Record<string, string> = {}) => {
    // A packed answer has no length, and its pieces are of something else.
    const plain = { 'accept-encoding': 'identity', ...headers };
    const request = { method, headers: plain, ...(signal && { signal }) };
    const answer = await fetch(url, request).catch((error: unknown) => {
      throw lost(error, url, signal);
    });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    throw errorForStatus(answer.status, { url: redactUrl(url) });
  };

  const whole = file.state === 'uploaded' ? await ask('HEAD') : undefined;
  const tag = whole?.headers.get('etag') ?? undefined;
  const size = lengthOf(whole);
  const part = `${target}.${nameOf(file, tag)}.part`;
  const kept = tag && size !== undefined ? Math.min(await sizeOf(part), size) : 0;

  // Of a file that is there already nothing is asked for, not even the empty rest.
  if (kept === 0 || kept !== size) {
    const range = { range: `bytes=${kept}-`, 'if-range': tag ?? '' };
    const answer = await ask('GET', kept > 0 ? range : {});
    const start = answer.status === 206 ? kept : 0;
    const rest = lengthOf(answer);
    const total = rest === undefined ? undefined : start + rest;
    let received = start;
    onProgress?.({ received, total });
    async function* counted() {
      for await (const chunk of answer.body ?? []) {
        yield chunk;
        received += chunk.length;
        onProgress?.({ received, total });
      }
    }
    try {
      await mkdir(path.dirname(part), { recursive: true });
      const sink = createWriteStream(part, { flags: start > 0 ? 'a' : 'w' });
      await pipeline(counted(), sink);
    } catch (error) {
      if (isFileSystemError(error)) throw error;
      throw lost(error, url, signal);
    }
    if (total !== undefined && received !== total) throw lost(undefined, url, signal);
  }
  await keep(part, target);
}

/** Under a name of its own for each content, so that no rest is ever added to other bytes. */
function nameOf({ sharename, fileid }: ShareFile, tag: string | undefined): string {
  const text = JSON.stringify([sharename, fileid, tag ?? null]);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** The name says that the file is whole, so its bytes are on the disk before it stands there. */
async function keep(part: string, target: string): Promise<void> {
  const handle = await open(part, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, target);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** Bytes of the body; `undefined` where something on the way has packed it. */
function lengthOf(answer: Response | undefined): number | undefined {
  const text = answer?.headers.get('content-length');
  return text && !answer?.headers.get('content-encoding') ? Number(text) : undefined;
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function lost(error: unknown, url: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const message = 'The connection was lost during the download. Try again to go on.';
  return new NetworkError(message, { url: redactUrl(url), cause: safeCause(error) });
}
