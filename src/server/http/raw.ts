import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream';
import type { ApiError } from './errors.ts';

/** What of a refused body is still read, so that the client finds the answer; bytes and ms. */
const LINGER_BYTES = 256 * 1024;
const LINGER_MS = 1000;

/** Every response allows every origin: there are no cookies to protect (spec section 1.4). */
export function allowOrigins(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader(
    'Access-Control-Expose-Headers',
    'Content-Disposition, Content-Length, Content-Range, Content-Type, Location',
  );
}

/** Ends the connection when the body of a request falls silent; milliseconds. */
export function guardBody(req: IncomingMessage, stallTimeout: number): void {
  req.socket.setTimeout(stallTimeout);
  // What follows, like making a large file durable, may take longer without a byte moving.
  req.once('end', () => req.socket.setTimeout(0));
}

/** Answers `OPTIONS` on any path; with what is allowed there besides the usual. */
export function answerPreflight(
  res: ServerResponse,
  { methods = [], headers = [] }: { methods?: readonly string[]; headers?: readonly string[] } = {},
): void {
  const list = (items: readonly string[]) => items.join(', ');
  res.setHeader(
    'Access-Control-Allow-Methods',
    list(['POST, GET, OPTIONS, PUT, HEAD', ...methods]),
  );
  res.setHeader(
    'Access-Control-Allow-Headers',
    list(['Content-Type, Authorization, Range', ...headers]),
  );
  res.setHeader('Access-Control-Max-Age', '86400');
  res.writeHead(200, { 'Content-Length': 0 }).end();
}

/**
 * Sends an error. When the body of the request is still under way, the answer goes out whole, a
 * little more is read and dropped, and the connection is closed: closing at once would reset it
 * and could take the answer away from the client.
 */
export function refuse(req: IncomingMessage, res: ServerResponse, error: ApiError): void {
  const body = JSON.stringify({ error: error.message });
  const close = req.complete ? {} : { Connection: 'close' };
  res.writeHead(error.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...close,
    ...error.headers,
  });
  if (req.complete || req.method === 'HEAD') {
    res.end(req.method === 'HEAD' ? undefined : body);
    return;
  }
  res.write(body);
  linger(req, () => res.end());
}

function linger(req: IncomingMessage, done: () => void): void {
  let left = LINGER_BYTES;
  const timer = setTimeout(() => stop(), LINGER_MS);
  const stopWatching = finished(req, { writable: false }, () => stop());
  const onData = (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) stop();
  };
  const stop = () => {
    clearTimeout(timer);
    stopWatching();
    req.off('data', onData);
    req.pause();
    done();
  };
  req.on('data', onData).resume();
}
