import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpContext } from './context.ts';
import { fileNotFound, shareNotFound } from './errors.ts';

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
}

interface BlobRequest extends Exchange {
  query: URLSearchParams;
  sharename: string;
  fileid: string;
  /** What follows `blob/`: `thumb`, `scale` or a size. */
  rendition: string | undefined;
}

/** Sends the visitor on to the bytes, and counts the download (spec section 4.11). */
export async function handleBlob(context: HttpContext, request: BlobRequest): Promise<void> {
  const { sharing } = context;
  const { req, res, query } = request;
  const share = await sharing.findShare(request.sharename);
  if (!share || share.removed) throw shareNotFound();
  const file = await sharing.findFile(share, request.fileid);
  if (!file || !(file.blob || file.state === 'uploading')) throw fileNotFound();
  if (req.method === 'GET' && query.get('noinc') !== '1') sharing.countDownload(file);
  const location = sharing.readUrl({ share, file }, { download: query.has('download') });
  res
    .writeHead(302, { Location: location, 'Cache-Control': 'no-store', 'Content-Length': 0 })
    .end();
}

export async function handleZip(
  _context: HttpContext,
  _request: Exchange & { sharename: string },
): Promise<void> {
  throw shareNotFound();
}
