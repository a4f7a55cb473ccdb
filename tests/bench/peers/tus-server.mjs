/**
 * Runs @tus/server with its file store on a free port: `node tus-server.mjs DATA_FOLDER [--sync]`.
 * With `--sync` it also makes durable what it answers for, which it does not as it comes.
 */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

const [, , directory = '', ...flags] = process.argv;

/** @param {string} place of a file or folder */
async function sync(place) {
  const handle = await open(place, 'r');
  await handle.sync();
  await handle.close();
}

class SyncingStore extends FileStore {
  /** @override @type {FileStore['write']} */
  async write(readable, id, offset) {
    const end = await super.write(readable, id, offset);
    const file = path.join(directory, id);
    await Promise.all([file, `${file}.json`, directory].map(sync));
    return end;
  }
}

const Store = flags.includes('--sync') ? SyncingStore : FileStore;
const server = new Server({ path: '/files', datastore: new Store({ directory }) });
const listening = server.listen({ port: 0, host: '127.0.0.1' }, () => {
  const address = listening.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  process.stdout.write(`listening on http://127.0.0.1:${address.port}\n`);
});
