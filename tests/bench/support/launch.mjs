import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/**
 * @typedef {object} Launched
 * @property {string} origin
 * @property {number} pid
 * @property {string} folder a temporary one for its data
 * @property {() => Promise<void>} stop ends the process and removes the folder
 */

/**
 * Starts a server as a process of its own and waits for its line `listening on ORIGIN`.
 * @param {(folder: string) => string[]} args of Node
 * @returns {Promise<Launched>}
 */
export async function launch(args) {
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-bench-'));
  const child = spawn(process.execPath, args(folder), { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const origin = await new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = /^listening on (\S+)$/.exec(line)?.[1];
      if (url) resolve(new URL(url).origin);
    });
    child.once('exit', (code) => reject(new Error(`${args('DIR').join(' ')} ended: ${code}`)));
  });
  return {
    origin,
    pid: child.pid ?? 0,
    folder,
    async stop() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
