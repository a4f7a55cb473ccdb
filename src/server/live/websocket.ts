import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { GOING_AWAY, POLICY_VIOLATION } from './connection.ts';
import { type Accept, MAX_MESSAGE, MAX_UNSENT } from './transport.ts';

/** Takes WebSockets at the addresses of spec section 6.1. Gives the way to cut all that are left. */
export function serveWebSockets(server: Server, accept: Accept): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
    // No subprotocol is ever selected (spec section 6.1).
    handleProtocols: () => false,
  });
  sockets.on('connection', (socket) => attach(socket, accept));
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until `ws` has taken the socket over, nobody else listens.
    socket.on('error', () => socket.destroy());
    if (req.headers.upgrade?.toLowerCase() !== 'websocket') return answerAsIs(server, req, socket);
    if (!/^\/(?:(?:(?:api\/)?1\/)?live\/?)?(?:\?|$)/.test(req.url ?? '')) {
      return refuse(socket, '404 Not Found');
    }
    sockets.handleUpgrade(req, socket, head, (client) => sockets.emit('connection', client, req));
  });
  return () => {
    for (const client of sockets.clients) client.terminate();
  };
}

/**
 * An offer that is not taken up, for example of HTTP/2 by curl: the request is answered as if it
 * had made none (RFC 9110 section 7.8). Its body, if any, has not been read by Node's parser.
 */
function answerAsIs(server: Server, req: IncomingMessage, socket: Duplex): void {
  const reading = req.method === 'GET' || req.method === 'HEAD';
  if (!reading || !(socket instanceof Socket)) return refuse(socket, '400 Bad Request');
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket);
  res.on('finish', () => socket.end());
  server.emit('request', req, res);
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function attach(socket: WebSocket, accept: Accept): void {
  const client = accept({
    send(text) {
      if (socket.bufferedAmount > MAX_UNSENT) socket.terminate();
      else socket.send(text, () => undefined);
    },
    close: (code) => socket.close(code),
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary || !Buffer.isBuffer(data)) client.end(POLICY_VIOLATION);
    else client.receive(data.toString());
  });
  socket.on('close', () => client.end(GOING_AWAY));
  // A frame that is too large or malformed: `ws` closes the connection with the fitting code.
  socket.on('error', () => undefined);
}
