/** Runs @tus/server with its file store on a free port: `node tus-server.mjs DATA_FOLDER`. */
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

const [, , directory = ''] = process.argv;
const server = new Server({ path: '/files', datastore: new FileStore({ directory }) });
const listening = server.listen({ port: 0, host: '127.0.0.1' }, () => {
  const address = listening.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  process.stdout.write(`listening on http://127.0.0.1:${address.port}\n`);
});
