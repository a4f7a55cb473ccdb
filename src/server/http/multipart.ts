import type { IncomingMessage } from 'node:http';
import { finished, Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { asError } from '../errors.ts';
import type { UploadSource } from '../transfers/source.ts';
import { badRequest } from './errors.ts';
import { smallBody } from './small-body.ts';

const LIMITS = { parts: 100, headerSize: 16 * 1024, headerPairs: 100 };
/** How much of a part without a file name is kept, in case that no other part has one; bytes. */
const KEPT = 1024 * 1024;

const notMultipart = () =>
  badRequest('send the file as multipart/form-data, or its bytes alone with PUT');
const noPart = () => badRequest('the form has no part with a file; send one part with the bytes');
const malformed = () =>
  badRequest('the body is not a whole multipart/form-data form; send it again');

/**
 * Finds the part that is the file: the first one with a `filename`, else the first one (spec
 * section 5.2). A later part may have a name, so a nameless first part is kept in memory; one that
 * is longer than a form field would be is taken at once.
 * @param receive stores the bytes of the part that was found.
 * @param accepted called when the body can be read.
 */
export function receiveMultipart(
  req: IncomingMessage,
  receive: (source: UploadSource) => Promise<void>,
  accepted: () => void,
): Promise<void> {
  const form = formParser(req);
  accepted();
  const whole = wholeForm(req, form);
  return new Promise((resolve, reject) => {
    let taken = false;
    let kept: Promise<Buffer> | undefined;

    const take = (part: Readable) => {
      taken = true;
      whole.catch((error: unknown) => part.destroy(asError(error)));
      receive({ body: part, whole, ...smallBody(req, part) }).then(resolve, (error: unknown) => {
        req.unpipe(form);
        reject(asError(error));
      });
    };
    form.on('file', (_name: string, part: BusboyFileStream, filename: string | undefined) => {
      // An error of a part is one of the form too, and answered there.
      part.on('error', () => undefined);
      if (taken) part.resume();
      else if (filename !== undefined) take(part);
      else if (kept) part.resume();
      else kept = keep(part, () => take(part));
    });
    whole
      .then(async () => {
        if (taken) return;
        if (!kept) throw noPart();
        await receive({ body: Readable.from([await kept]) });
        resolve();
      })
      .catch((error: unknown) => {
        if (!taken) reject(asError(error));
      });
    req.pipe(form);
  });
}

function formParser(req: IncomingMessage): BusboyInstance {
  const type = req.headers['content-type'] ?? '';
  if (!/^multipart\/form-data/i.test(type)) throw notMultipart();
  try {
    return new Busboy({
      headers: { ...req.headers, 'content-type': type },
      isPartAFile: () => true,
      limits: LIMITS,
      fileHwm: 256 * 1024,
    });
  } catch {
    throw malformed();
  }
}

/** Resolves after the closing boundary. */
function wholeForm(req: IncomingMessage, form: BusboyInstance): Promise<void> {
  const whole = new Promise<void>((resolve, reject) => {
    form.once('finish', resolve);
    form.on('error', () => reject(malformed()));
    finished(req, { writable: false }, (error) => {
      if (error) reject(error);
    });
  });
  whole.catch(() => undefined);
  return whole;
}

/** Collects a part. When it is too long to be kept, it is put back together and handed on. */
function keep(part: BusboyFileStream, onLong: () => void): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= KEPT) return;
      part.off('data', onData).pause();
      part.unshift(Buffer.concat(chunks));
      onLong();
    };
    part.on('data', onData).once('end', () => resolve(Buffer.concat(chunks)));
  });
}
