import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { NotAnImageError, RendererBusyError } from '../images/renderer.ts';
import { isPictureName, parseRendition, type Rendition } from '../images/rendition.ts';
import type { FileRecord, ShareRecord } from '../metadata/store.ts';
import { createArchive } from '../zip/archive.ts';
import { disposition } from './content.ts';
import type { HttpContext } from './context.ts';
import { ApiError, badRequest, fileNotFound, notAnImage, shareNotFound } from './errors.ts';
import { matches } from './validators.ts';

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
}

export interface BlobRequest extends Exchange {
  query: URLSearchParams;
  sharename: string;
  fileid: string;
  /** What follows `blob/`: `thumb`, `scale` or a size. */
  rendition: string | undefined;
}

/** Sends the visitor on to the bytes and counts the download (spec section 4.11). */
export async function handleBlob(context: HttpContext, request: BlobRequest): Promise<void> {
  const { sharing } = context;
  const { req, res, query } = request;
  const share = await existingShare(context, request.sharename);
  const file = await sharing.findFile(share, request.fileid);
  if (!file) throw fileNotFound();
  if (request.rendition !== undefined) {
    await sendRendition(context, request, file, request.rendition);
    return;
  }
  const awaited = sharing.awaited(share, file);
  if (!file.blob && file.state !== 'uploading' && !awaited) throw fileNotFound();
  if (req.method === 'GET') {
    const increment = query.get('noinc') !== '1';
    if (increment) sharing.countDownload(file);
    context.notifier.download(file, increment);
    if (awaited) context.earlyReaders.redirected(file);
  }
  const location = sharing.readUrl({ share, file }, { download: query.has('download') });
  res
    .writeHead(302, { Location: location, 'Cache-Control': 'no-store', 'Content-Length': 0 })
    .end();
}

/** Thumbnails and scaled pictures (spec section 4.12). */
async function sendRendition(
  context: HttpContext,
  { req, res, query }: BlobRequest,
  file: FileRecord,
  segment: string,
): Promise<void> {
  const asked = parseRendition(segment, query);
  if (asked.kind === 'none') throw new ApiError(404, 'there is nothing at this address');
  if (asked.kind === 'bad-size') {
    throw badRequest('size must be WxH, Wx or xH with sides from 1 to 2000 pixels');
  }
  const { filename, blob, state } = file;
  if (!blob || state !== 'uploaded') throw fileNotFound();
  if (!isPictureName(filename)) throw notAnImage();
  const etag = `"${blob.blobId}-${JSON.stringify(asked.rendition).replace(/[^\w]+/g, '-')}"`;
  res.setHeader('ETag', etag);
  res.setHeader('Cache-Control', 'no-cache');
  if (matches(req.headers['if-none-match'], etag)) {
    res.writeHead(304).end();
    return;
  }
  const { bytes, type } = await render(context, filename, blob.blobId, asked.rendition);
  res.writeHead(200, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

async function render(
  { renderer, blobs }: HttpContext,
  filename: string,
  blobId: string,
  rendition: Rendition,
) {
  if (!renderer) throw new ApiError(501, 'this server cannot scale pictures; get the file itself');
  const open = async () => (await blobs.open(blobId)).stream();
  try {
    return await renderer.render({ blobId, filename, open }, rendition);
  } catch (error) {
    if (error instanceof NotAnImageError) throw notAnImage();
    if (error instanceof RendererBusyError) {
      throw new ApiError(503, 'too many pictures are being scaled; try again in a moment', {
        'Retry-After': '2',
      });
    }
    throw error;
  }
}

/** All stored files of a share as one archive, in creation order (spec section 4.13). */
export async function handleZip(
  context: HttpContext,
  { req, res, sharename }: Exchange & { sharename: string },
): Promise<void> {
  const share = await existingShare(context, sharename);
  const files = await context.sharing.storedFiles(share);
  for (const file of files) context.readers.add(file, res);
  const { stream, length } = createArchive(
    files.map(({ filename, blob: { blobId, size, storedAt } }) => ({
      name: filename,
      size,
      modified: new Date(storedAt),
      open: async () => (await context.blobs.open(blobId)).stream(),
    })),
  );
  res.writeHead(200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': disposition('attachment', `${share.title ?? share.sharename}.zip`),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...(length !== undefined && { 'Content-Length': length }),
  });
  if (req.method === 'HEAD') {
    stream.destroy();
    res.end();
    return;
  }
  await pipeline(stream, res);
}

async function existingShare({ sharing }: HttpContext, sharename: string): Promise<ShareRecord> {
  const share = await sharing.findShare(sharename);
  if (!share || share.removed) throw shareNotFound();
  return share;
}
