import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { GOING_AWAY, POLICY_VIOLATION } from './connection.ts';
import { type Accept, CLOSE_WAIT, MAX_MESSAGE, MAX_UNSENT } from './transport.ts';

const HEAD =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: jsonsocket\r\nConnection: Upgrade\r\n\r\n';
/** Time for a client to say the first word of anything; milliseconds. */
const FIRST_BYTES = 60_000;

/**
 * Takes clients that speak lines of JSON (spec section 6.1). Their request is none that Node's
 * parser would hand over, so each connection is looked at before the parser gets it. Gives the way
 * to cut connections that have not said anything yet.
 */
export function serveJsonSockets(server: Server, accept: Accept): () => void {
  const silent = new Set<Socket>();
  const parsers = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    silent.add(socket);
    const cut = () => socket.destroy();
    const onFirst = (bytes: Buffer) => {
      silent.delete(socket);
      socket.pause();
      socket.setTimeout(0);
      socket.off('timeout', cut).off('end', cut).off('error', cut);
      const rest = afterRequest(bytes);
      if (rest) {
        attach(socket, rest, accept);
      } else {
        socket.unshift(bytes);
        for (const parser of parsers) Reflect.apply(parser, server, [socket]);
      }
      socket.resume();
    };
    socket.setTimeout(FIRST_BYTES);
    socket.once('data', onFirst).on('timeout', cut).on('end', cut).on('error', cut);
    socket.once('close', () => silent.delete(socket));
  });
  return () => {
    for (const socket of silent) socket.destroy();
  };
}

/** What follows the request of a jsonsocket; `undefined` when it is none. */
function afterRequest(bytes: Buffer): Buffer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('latin1', 0, end + 2);
  const asked = /^GET \/(?:\?\S*)? HTTP\/1\.1\r\n/.test(head);
  return asked && /\r\nupgrade: *jsonsocket\r\n/i.test(head) ? bytes.subarray(end + 4) : undefined;
}

/** The head, and every line, goes out in one piece: the clients look at what one read returns. */
function attach(socket: Socket, first: Buffer, accept: Accept): void {
  socket.write(HEAD);
  const client = accept({
    send(text) {
      if (socket.writableLength > MAX_UNSENT) socket.destroy();
      else socket.write(`${text}\n`);
    },
    close() {
      socket.destroySoon();
      // A client that reads nothing never takes what is still to be sent.
      setTimeout(() => socket.destroy(), CLOSE_WAIT).unref();
    },
  });
  let partial = Buffer.alloc(0);
  const onData = (bytes: Buffer) => {
    if (socket.writableEnded) return;
    partial = Buffer.concat([partial, bytes]);
    for (let end = partial.indexOf('\n'); end >= 0; end = partial.indexOf('\n')) {
      client.receive(partial.toString('utf8', 0, end).replace(/\r$/, ''));
      partial = partial.subarray(end + 1);
    }
    if (partial.length > MAX_MESSAGE) client.end(POLICY_VIOLATION);
  };
  const onEnd = () => client.end(GOING_AWAY);
  socket.on('data', onData).on('end', onEnd).on('close', onEnd);
  socket.on('error', () => socket.destroy());
  onData(first);
}
