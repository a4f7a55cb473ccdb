import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoredBlob } from '../metadata/store.ts';
import type { FoundFile } from '../sharing/sharing.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { contentHeaders } from './content.ts';
import type { HttpContext } from './context.ts';
import { fileNotFound, invalidSignature } from './errors.ts';
import { parseRange } from './range.ts';
import { matches } from './validators.ts';

/** A reader that has taken nothing for so long is cut off; milliseconds. */
const READER_STALL = 300_000;

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
  const source = await findBytes(context, grant);
  for (const [name, value] of Object.entries(
    contentHeaders(source.file.filename, { download: query.has('download') }),
  )) {
    res.setHeader(name, value);
  }
  if (source.transfer) await sendRunning(req, res, source.transfer);
  else await sendStored(context, req, res, source.blob);
}

type Bytes = { file: FoundFile['file'] } & (
  | { blob: StoredBlob; transfer?: undefined }
  | { transfer: Transfer }
);

/**
 * The bytes that readers get now: the stored ones, or those of the running upload. An upload may
 * finish between the two looks, so there is a second round.
 */
async function findBytes(
  { sharing, uploads }: HttpContext,
  { sharename, fileid }: { sharename: string; fileid: string },
): Promise<Bytes> {
  const share = await sharing.findShare(sharename);
  if (!share || share.removed) throw fileNotFound();
  for (let round = 1; round <= 2; round++) {
    const file = await sharing.findFile(share, fileid);
    if (!file) break;
    if (file.blob) return { file, blob: file.blob };
    const transfer = uploads.running(file);
    if (transfer) return { file, transfer };
  }
  throw fileNotFound();
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
  if (range) writePartHead(res, range, size);
  else res.writeHead(200, { 'Content-Length': size });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const reader = await blobs.open(blobId);
  await send(res, reader.stream(range));
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
