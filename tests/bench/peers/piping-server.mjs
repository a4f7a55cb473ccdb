/** Runs piping-server on a free port: `node piping-server.mjs FOLDER_WHERE_IT_IS_INSTALLED`. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const [, , folder = ''] = process.argv;
const { Server } = createRequire(path.join(folder, 'package.json'))('piping-server');

const server = createServer(new Server().generateHandler(false));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  process.stdout.write(`listening on http://127.0.0.1:${address.port}\n`);
});
