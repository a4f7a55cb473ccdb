import { once } from 'node:events';
import {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { GettUpload } from '../../../src/protocol/shapes.ts';
import { trickle } from './sources.ts';

/** One try of a client that knows nothing of resuming. Throws when there was no answer. */
export async function sendPlain(
  method: 'PUT' | 'POST',
  { puturl, posturl }: GettUpload,
  bytes: Buffer,
): Promise<{ status: number; text: string }> {
  if (method === 'PUT') return answerTo(puturl, { method, length: bytes.length, parts: [bytes] });
  const boundary = '----kills';
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="blob"; filename="a.bin"\r\n\r\n`,
  );
  const parts = [head, bytes, Buffer.from(`\r\n--${boundary}--\r\n`)];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return answerTo(posturl, { method, length, parts, headers });
}

async function answerTo(
  url: string,
  {
    method,
    length,
    parts,
    headers = {},
  }: { method: string; length: number; parts: Buffer[]; headers?: OutgoingHttpHeaders },
): Promise<{ status: number; text: string }> {
  const sent = request(url, {
    method,
    headers: { ...headers, 'content-length': length },
    agent: false,
  });
  const answered = responseTo(sent);
  answered.catch(() => undefined);
  await pipeline(
    Readable.from(
      (async function* () {
        for (const part of parts) yield* trickle(part);
      })(),
    ),
    sent,
  );
  const response = await answered;
  return { status: response.statusCode ?? 0, text: (await buffer(response)).toString() };
}

/** How a visitor's download ended: `broken` after some bytes. Only `whole` looks complete to a browser. */
export type Visit = { type: 'whole'; bytes: Buffer } | { type: 'broken' } | { type: 'refused' };

/** Follows the redirect and takes what comes, as a visitor's browser does. */
export async function visit(url: string): Promise<Visit> {
  let begun = false;
  try {
    const sent = request(url, { agent: false });
    sent.end();
    const response = await responseTo(sent);
    const { location } = response.headers;
    if (location !== undefined) {
      response.resume();
      return await visit(location);
    }
    if (response.statusCode !== 200) {
      response.resume();
      return { type: 'refused' };
    }
    begun = true;
    // `buffer` rejects when the connection ends before the announced end of the body.
    return { type: 'whole', bytes: await buffer(response) };
  } catch {
    return { type: begun ? 'broken' : 'refused' };
  }
}

async function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}
