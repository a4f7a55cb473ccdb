/**
 * Loaded before a server: while the file that `FAIL_SYNC` names is there, its database's log cannot
 * be made durable, as on a disk that has begun to fail.
 */
import { existsSync, readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';

const handle = await open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const { datasync } = prototype;
prototype.datasync = async function failing() {
  const isLog = readlinkSync(`/proc/self/fd/${this.fd}`).endsWith('-wal');
  if (!isLog || !existsSync(process.env.FAIL_SYNC ?? '')) return datasync.call(this);
  throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
};
