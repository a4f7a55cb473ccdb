import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { at } from '../../scripts/lib/project.mjs';

/** Result of one call of the command line. */
export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface ServerOptions {
  /** The data folder; a temporary one, removed by `stop`, when it is not given. */
  data?: string;
  /** More flags of `serve`. */
  args?: string[];
  /** More variables of its environment. */
  env?: NodeJS.ProcessEnv;
}

export interface TestServer {
  /** For example `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** API root, `origin` + `/1`. */
  readonly baseUrl: string;
  readonly data: string;
  readonly pid: number;
  /** Everything the server has logged so far. */
  log(): string;
  cli(args: string[], options?: { input?: string }): Promise<CliResult>;
  addUser(user: { email: string; password: string; name: string }): Promise<void>;
  /** Ends in good order (SIGTERM) and removes a temporary data folder. */
  stop(): Promise<void>;
  /** Ends at once (SIGKILL); the data stay. */
  kill(): Promise<void>;
  /** Resolves with the exit code when the process has ended by itself. */
  ended(): Promise<number | null>;
  /** Starts again on the same port and data after `kill`. */
  restart(): Promise<void>;
}

/** The built command line. */
export const CLI: string = at('dist/server/cli.js');

/** Runs the built command line once. */
export async function cli(args: string[], { input = '' } = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  return { code: child.exitCode ?? 1, stdout, stderr };
}

/**
 * Below all that systems give to whoever asks for any free port, so that a server that was killed
 * finds its own free. Each process of the tests has some for itself.
 */
const PORTS = { first: 12_000, each: 100, processes: 200 };
let portsTaken = 0;

function nextPort(): number {
  const first = PORTS.first + (process.pid % PORTS.processes) * PORTS.each;
  return first + (portsTaken++ % PORTS.each);
}

interface Running {
  child: ChildProcess;
  /** Resolves when the process has ended and all that it has said is in the log. */
  gone: Promise<unknown>;
}

/** Starts the real, built server on a free port and waits until it says that it listens. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const temporary = options.data === undefined;
  const data = options.data ?? (await mkdtemp(path.join(tmpdir(), 'gett-data-')));
  let port = nextPort();
  let origin = '';
  let log = '';
  let running: Running | undefined;

  const launch = async () => {
    const args = ['serve', '--data', data, '--host', '127.0.0.1', '--port', String(port)];
    const started = spawn(process.execPath, [CLI, ...args, ...(options.args ?? [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    });
    running = { child: started, gone: once(started, 'close') };
    started.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
    origin = await new Promise<string>((resolve, reject) => {
      createInterface(started.stdout).on('line', (line) => {
        const url = /^listening on (\S+)$/.exec(line)?.[1];
        if (url) resolve(url.replace(/\/$/, ''));
      });
      started.once('close', () => reject(new Error(`the server did not start:\n${log}`)));
    });
  };

  /** Some other program may have the port. */
  const launchFirst = async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await launch();
      } catch (error) {
        if (attempt === PORTS.each || !log.includes('is in use by another program')) throw error;
        log = '';
        port = nextPort();
      }
    }
  };

  const end = async (signal: NodeJS.Signals) => {
    const ending = running;
    running = undefined;
    // To one that has ended already nothing is sent.
    ending?.child.kill(signal);
    await ending?.gone;
  };

  await launchFirst();
  return {
    get origin() {
      return origin;
    },
    get baseUrl() {
      return `${origin}/1`;
    },
    get pid() {
      return running?.child.pid ?? 0;
    },
    data,
    log: () => log,
    cli: (args, input) => cli([...args, '--data', data], input),
    async addUser({ email, password, name }) {
      const args = ['user', 'add', email, '--name', name, '--password-stdin', '--data', data];
      const result = await cli(args, { input: `${password}\n` });
      if (result.code !== 0) throw new Error(`user add: ${result.stderr}`);
    },
    async stop() {
      await end('SIGTERM');
      if (temporary) await rm(data, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    async ended() {
      await running?.gone;
      return running?.child.exitCode ?? null;
    },
    restart: launch,
  };
}
