import type { IncomingMessage, ServerResponse } from 'node:http';
import { UPLOAD_REPLY } from '../../protocol/shapes.ts';
import type { FileKey } from '../metadata/store.ts';
import { UploadSupersededError } from '../transfers/errors.ts';
import type { HttpContext } from './context.ts';
import { badRequest, fileNotFound, invalidSignature } from './errors.ts';
import { receiveMultipart } from './multipart.ts';
import { guardBody } from './raw.ts';
import { smallBody } from './small-body.ts';

export interface UploadRequest {
  req: IncomingMessage;
  res: ServerResponse;
  signature: string | null;
  /** The client waits for leave to send the body (`Expect: 100-continue`). */
  waits: boolean;
}

/** `PUT` with the bytes as the body, or `POST` with a multipart form (spec section 5). */
export async function handleUpload(
  context: HttpContext,
  { req, res, signature, waits }: UploadRequest,
): Promise<void> {
  const file = await writableFile(context, signature);
  const accepted = () => {
    if (waits) res.writeContinue();
  };
  guardBody(req, context.stallTimeout);
  try {
    if (req.method === 'PUT') {
      const small = waits ? {} : smallBody(req);
      await context.uploads.receive(file, { body: req, ...declaredSize(req), ...small, accepted });
    } else {
      await receiveMultipart(req, (part) => context.uploads.receive(file, part), accepted);
    }
  } catch (error) {
    if (!(error instanceof UploadSupersededError)) throw error;
    req.socket.destroy();
    return;
  }
  res
    .writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': UPLOAD_REPLY.length })
    .end(UPLOAD_REPLY);
}

/** The file that a signed upload URL is for. */
export async function writableFile(
  { signer, sharing }: HttpContext,
  signature: string | null,
): Promise<FileKey> {
  const grant = signer.verify(signature, 'write');
  if (!grant) throw invalidSignature();
  const file = await sharing.keyOf(grant);
  if (!file) throw fileNotFound();
  return file;
}

/** The parser has made sure that the number is one and that the body is not longer. */
function declaredSize(req: IncomingMessage): { declaredSize?: number } {
  if (req.headers['transfer-encoding'] !== undefined) return {};
  const size = Number(req.headers['content-length'] ?? 0);
  if (!Number.isSafeInteger(size)) throw badRequest('Content-Length is not a possible size');
  return { declaredSize: size };
}
