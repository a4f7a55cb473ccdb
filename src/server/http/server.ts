import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpContext } from './context.ts';
import { createListeners } from './listener.ts';

/**
 * An HTTP server whose uploads are cut by silence only, never by the time they take: Node's own
 * limit of 300 s for a request ends every longer upload (https://github.com/nodejs/node/issues/46574).
 */
export function createHttpServer(): Server {
  return createServer({
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: 65_000,
    requireHostHeader: false,
    maxHeaderSize: 16 * 1024,
    highWaterMark: 256 * 1024,
  });
}

/** Answers requests from now on. Links name the port, so this comes after listening. */
export function serveRequests(server: Server, context: HttpContext): void {
  const { request, checkContinue } = createListeners(context);
  server.on('request', request).on('checkContinue', checkContinue);
  server.on('clientError', refuseMalformed);
}

/** What the parser refuses still gets an answer like all others. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, sentence] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'the request headers are larger than 16 KiB']
      : ['400 Bad Request', 'the request is not valid HTTP'];
  const body = JSON.stringify({ error: sentence });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n${body}`,
  );
}
