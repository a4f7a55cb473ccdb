/** The least that a server of WebSockets can be: takes connections and says nothing. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('error', () => process.exit(1));
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  process.stdout.write(`listening on http://127.0.0.1:${address.port}\n`);
});
