import type { IncomingMessage, ServerResponse } from 'node:http';
import { UploadSupersededError } from '../transfers/errors.ts';
import type { UploadPart } from '../transfers/part.ts';
import { DISK_MARGIN } from '../transfers/uploads.ts';
import type { HttpContext } from './context.ts';
import { ApiError, badRequest } from './errors.ts';
import { answerPreflight, guardBody } from './raw.ts';
import { smallBody } from './small-body.ts';
import { type UploadRequest, writableFile } from './upload.ts';

const VERSION = '1.0.0';
const EXTENSIONS = 'creation-defer-length,termination,checksum';
const CHECKSUMS: Readonly<Record<string, number>> = { sha1: 20, sha256: 32 };
const PART_TYPE = 'application/offset+octet-stream';

/** Request headers that pages of other origins may send. */
const REQUEST_HEADERS = [
  'Tus-Resumable',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Defer-Length',
  'Upload-Checksum',
  'X-HTTP-Method-Override',
  'X-Request-ID',
];
/** And response headers that they may read. */
const RESPONSE_HEADERS =
  'Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, Upload-Offset, Upload-Length, Upload-Defer-Length';

/** The method that is meant: some old proxies and clients know only `GET` and `POST`. */
export function methodOf(req: IncomingMessage): string {
  const override = req.headers['x-http-method-override'];
  return req.method === 'POST' && typeof override === 'string'
    ? override.toUpperCase()
    : (req.method ?? '');
}

/** Whether a request to an address of bytes is one of tus, which has `HEAD` in common with reading. */
export function isTus({ signer }: HttpContext, req: IncomingMessage, sig: string | null): boolean {
  const method = methodOf(req);
  if (method === 'PATCH' || method === 'DELETE') return true;
  const asksForOffset = req.headers['tus-resumable'] !== undefined;
  return method === 'HEAD' && (asksForOffset || signer.verify(sig, 'write') !== undefined);
}

/**
 * `OPTIONS` tells what the server can do, by the names of tus. On the upload URL of a file the
 * greatest size is what its owner has room for, where the disk has as much.
 */
export async function answerTusOptions(
  context: HttpContext,
  res: ServerResponse,
  signature: string | null,
): Promise<void> {
  res.setHeader('Tus-Resumable', VERSION);
  res.setHeader('Tus-Version', VERSION);
  res.setHeader('Tus-Extension', EXTENSIONS);
  res.setHeader('Tus-Checksum-Algorithm', Object.keys(CHECKSUMS).join(','));
  res.setHeader('Tus-Max-Size', Math.floor(await roomFor(context, signature)));
  answerPreflight(res, { methods: ['PATCH', 'DELETE'], headers: REQUEST_HEADERS });
}

async function roomFor(
  { blobs, signer, sharing }: HttpContext,
  signature: string | null,
): Promise<number> {
  const onDisk = Math.max(0, (await blobs.free()) - DISK_MARGIN);
  const grant = signer.verify(signature, 'write');
  const found = grant && (await sharing.findBySharename(grant.sharename, grant.fileid));
  return found ? Math.min(onDisk, await sharing.roomFor(found)) : onDisk;
}

/**
 * Resumable uploads (https://tus.io/protocols/resumable-upload, 1.0.0) on the upload URL of a file:
 * nothing is created, the address is there from the announcement on.
 */
export async function handleTus(context: HttpContext, request: UploadRequest): Promise<void> {
  const { req, res, signature } = request;
  res.setHeader('Tus-Resumable', VERSION);
  const exposed = String(res.getHeader('Access-Control-Expose-Headers'));
  res.setHeader('Access-Control-Expose-Headers', `${exposed}, ${RESPONSE_HEADERS}`);
  res.setHeader('Cache-Control', 'no-store');
  if (req.headers['tus-resumable'] !== VERSION) {
    throw new ApiError(412, `send Tus-Resumable: ${VERSION}`, { 'Tus-Version': VERSION });
  }
  const file = await writableFile(context, signature);
  switch (methodOf(req)) {
    case 'HEAD': {
      const { offset, length } = await context.uploads.resumePoint(file);
      const known =
        length === undefined ? { 'Upload-Defer-Length': 1 } : { 'Upload-Length': length };
      res.writeHead(200, { 'Upload-Offset': offset, ...known }).end();
      return;
    }
    case 'DELETE':
      await context.uploads.terminate(file);
      res.writeHead(204).end();
      return;
    default:
      guardBody(req, context.stallTimeout);
      try {
        const offset = await context.uploads.receivePart(file, partOf(request));
        res.writeHead(204, { 'Upload-Offset': offset }).end();
      } catch (error) {
        if (!(error instanceof UploadSupersededError)) throw error;
        req.socket.destroy();
      }
  }
}

function partOf({ req, res, waits }: UploadRequest): UploadPart {
  if (req.headers['content-type'] !== PART_TYPE) {
    throw new ApiError(415, `send the bytes as Content-Type: ${PART_TYPE}`);
  }
  const offset = count(req, 'upload-offset');
  if (offset === undefined) throw badRequest('Upload-Offset is missing');
  const length = count(req, 'upload-length');
  const bodyLength = count(req, 'content-length');
  const checksum = checksumOf(req);
  return {
    body: req,
    offset,
    ...(length !== undefined && { length }),
    ...(bodyLength !== undefined && { bodyLength }),
    ...(checksum && { checksum }),
    ...(waits ? {} : smallBody(req)),
    accepted: () => {
      if (waits) res.writeContinue();
    },
  };
}

function count(req: IncomingMessage, name: string): number | undefined {
  const text = req.headers[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (typeof text === 'string' && /^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw badRequest(`${name} must be a whole number of bytes, zero or more`);
}

function checksumOf(req: IncomingMessage): UploadPart['checksum'] {
  const header = req.headers['upload-checksum'];
  if (header === undefined) return undefined;
  const [algorithm = '', encoded = ''] = String(header).split(' ');
  const digest = Buffer.from(encoded, 'base64');
  if (!Object.hasOwn(CHECKSUMS, algorithm) || digest.length !== CHECKSUMS[algorithm]) {
    throw badRequest('Upload-Checksum must be sha1 or sha256, a space, and the digest in base64');
  }
  return { algorithm, digest };
}
