import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BlobMissingError } from '../blobs/blob-store.ts';
import type { FileRecord, ShareRecord, StoredBlob } from '../metadata/store.ts';
import { ServerStoppingError } from '../transfers/errors.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { contentHeaders } from './content.ts';
import type { HttpContext } from './context.ts';
import { ApiError, fileNotFound, invalidSignature } from './errors.ts';
import { parseRange } from './range.ts';
import { matches } from './validators.ts';

/** A reader that has taken nothing for so long is cut off; milliseconds. */
const READER_STALL = 300_000;

const tooManyWaiting = () =>
  new ApiError(503, 'too many are waiting for this file; try again in a moment', {
    'Retry-After': '2',
  });

export interface BytesRequest {
  req: IncomingMessage;
  res: ServerResponse;
  query: URLSearchParams;
}

/** The bytes of a file behind a signed read URL (spec section 4.11). */
export async function handleBytes(
  context: HttpContext,
  { req, res, query }: BytesRequest,
): Promise<void> {
  const grant = context.signer.verify(query.get('sig'), 'read');
  if (!grant) throw invalidSignature();
  const share = await context.sharing.findShare(grant.sharename);
  if (!share || share.removed) throw fileNotFound();
  // Between two looks an upload may finish, or the stored bytes be replaced: then look once more.
  for (let round = 1; ; round++) {
    const file = await context.sharing.findFile(share, grant.fileid);
    const bytes =
      file && ((await bytesOf(context, file)) ?? (await awaitBytes(context, res, share, file)));
    if (!bytes && file?.state === 'uploading' && round === 1) continue;
    if (!bytes) throw fileNotFound();
    setContentHeaders(res, bytes.file, query);
    context.readers.add(bytes.file, res);
    if (bytes.from === 'upload') {
      if (bytes.transfer.end) continue;
      return sendRunning(req, res, bytes.transfer);
    }
    try {
      return await sendStored(context, req, res, bytes.blob);
    } catch (error) {
      if (!(error instanceof BlobMissingError) || round > 1) throw error;
    }
  }
}

type FoundBytes = { file: FileRecord } & (
  | { from: 'store'; blob: StoredBlob }
  | { from: 'upload'; transfer: Transfer }
);

async function bytesOf(
  { uploads }: HttpContext,
  file: FileRecord,
): Promise<FoundBytes | undefined> {
  if (file.blob) return { file, from: 'store', blob: file.blob };
  const transfer = await uploads.current(file);
  return transfer && { file, from: 'upload', transfer };
}

/** Holds the request while the session that announced the file may send it (spec section 6.5). */
async function awaitBytes(
  context: HttpContext,
  res: ServerResponse,
  share: ShareRecord,
  file: FileRecord,
): Promise<FoundBytes | undefined> {
  const { sharing, earlyReaders, stopping } = context;
  const awaited = sharing.awaited(share, file);
  if (!awaited) return undefined;
  const wait = earlyReaders.wait(awaited, res);
  if (!wait) throw tooManyWaiting();
  try {
    do {
      const now = await sharing.findFile(share, String(file.fileid));
      const bytes = now && (await bytesOf(context, now));
      if (bytes) return bytes;
      if (now?.state !== 'remote' && now?.state !== 'uploading') return undefined;
    } while (await wait.change());
  } finally {
    wait.close();
  }
  if (stopping.aborted) throw new ServerStoppingError();
  return undefined;
}

function setContentHeaders(
  res: ServerResponse,
  { filename }: FileRecord,
  query: URLSearchParams,
): void {
  const headers = contentHeaders(filename, { download: query.has('download') });
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}

async function sendStored(
  { blobs }: HttpContext,
  req: IncomingMessage,
  res: ServerResponse,
  { blobId, size }: StoredBlob,
): Promise<void> {
  const etag = `"${blobId}"`;
  res.setHeader('ETag', etag);
  res.setHeader('Accept-Ranges', 'bytes');
  res.setHeader('Cache-Control', 'no-cache');
  if (matches(req.headers['if-none-match'], etag)) {
    res.writeHead(304).end();
    return;
  }
  const ifRange = req.headers['if-range'];
  const range =
    ifRange === undefined || ifRange === etag ? parseRange(req.headers.range, size) : undefined;
  if (range === 'unsatisfiable') {
    res.writeHead(416, { 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end();
    return;
  }
  const reader = req.method === 'HEAD' ? undefined : await blobs.open(blobId);
  if (range) writePartHead(res, range, size);
  else res.writeHead(200, { 'Content-Length': size });
  if (reader) await send(res, reader.stream(range));
  else res.end();
}

/** Bytes of an upload that has not ended. What is sent may still prove to be cut short. */
async function sendRunning(
  req: IncomingMessage,
  res: ServerResponse,
  transfer: Transfer,
): Promise<void> {
  const { declaredSize: size } = transfer.init;
  res.setHeader('Cache-Control', 'no-store');
  const range = size === undefined ? undefined : parseRange(req.headers.range, size);
  const there = typeof range === 'object' && range.end < transfer.committed ? range : undefined;
  if (there && size !== undefined) writePartHead(res, there, size);
  else res.writeHead(200, size === undefined ? {} : { 'Content-Length': size });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  res.flushHeaders();
  await send(res, transfer.reader(there));
}

function writePartHead(
  res: ServerResponse,
  { start, end }: { start: number; end: number },
  size: number,
): void {
  res.writeHead(206, {
    'Content-Length': end - start + 1,
    'Content-Range': `bytes ${start}-${end}/${size}`,
  });
}

/** Cuts the connection when the bytes end early: a short answer must not look complete. */
async function send(res: ServerResponse, bytes: Readable): Promise<void> {
  res.socket?.setTimeout(READER_STALL);
  await pipeline(bytes, res);
}
