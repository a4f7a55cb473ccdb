/** The built server as a process of its own, with one account to try it. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { at } from '../../lib/project.mjs';
import { SetupError } from '../../lib/setup.mjs';

const CLI = at('dist/server/cli.js');
const EMAIL = 'demo@gett.example';

/**
 * Runs the server's command line once.
 * @param {string[]} args
 * @param {string} input
 */
async function cli(args, input) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  let message = '';
  child.stderr.on('data', (chunk) => (message += chunk));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new SetupError(message.trim());
}

/**
 * The demo account, made at the first start; its password is kept beside the data.
 * @param {string} folder
 */
async function demoAccount(folder) {
  const file = path.join(folder, 'demo-password');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return { email: EMAIL, password: known.trim() };
  const password = randomBytes(9).toString('base64url');
  const data = path.join(folder, 'server');
  const flags = ['--name', 'Demo', '--password-stdin', '--data', data];
  await cli(['user', 'add', EMAIL, ...flags], password);
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return { email: EMAIL, password };
}

/**
 * @param {{ folder: string, port: string }} options
 */
export async function startServer({ folder, port }) {
  await mkdir(folder, { recursive: true });
  const account = await demoAccount(folder);
  const log = path.join(folder, 'server.log');
  const args = [
    'serve',
    '--data',
    path.join(folder, 'server'),
    '--host',
    '127.0.0.1',
    '--port',
    port,
  ];
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  let message = '';
  child.stderr.on('data', (chunk) => (message += chunk));
  child.stderr.pipe(createWriteStream(log));
  const origin = await new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = /^listening on (\S+)$/.exec(line)?.[1];
      if (url) resolve(url.replace(/\/$/, ''));
    });
    child.once('exit', () => reject(new SetupError(message.trim() || 'The server did not start.')));
  });
  return {
    /** @type {string} */
    origin,
    account,
    log,
    data: path.join(folder, 'server'),
    passwordFile: path.join(folder, 'demo-password'),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}
