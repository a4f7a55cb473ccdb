import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';
import type { CliResult } from './server.ts';

/** The built command. */
export const GETT: string = at('dist/sdk/cli.js');

/** A run of the command that has not ended yet. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves with the first line of standard output. */
  readonly firstLine: Promise<string>;
  readonly result: Promise<CliResult>;
  write(text: string): void;
  end(): void;
}

/** One person at one computer: a working folder and a home of their own. */
export interface Person {
  readonly folder: string;
  readonly env: Record<string, string>;
  /** Runs `gett` to its end. */
  gett(
    args: string[],
    options?: { input?: string; env?: Record<string, string> },
  ): Promise<CliResult>;
  /** Runs `gett` and leaves its standard input open. */
  start(args: string[], env?: Record<string, string>): Running;
  /** Runs a shell command at a pseudo-terminal, where `gett` is the command. */
  terminal(command: string): Promise<{ code: number; shown: string }>;
  leave(): Promise<void>;
}

export async function newPerson(): Promise<Person> {
  await ensureBuilt('sdk');
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-person-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_CONFIG_HOME: path.join(folder, '.config'),
    XDG_DATA_HOME: path.join(folder, '.data'),
    TERM: 'xterm',
  };

  function start(args: string[], more: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [GETT, ...args], {
      cwd: folder,
      env: { ...env, ...more },
      stdio: 'pipe',
    });
    let stdout = '';
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const firstLine = new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (stdout.includes('\n')) resolve(stdout.split('\n')[0] ?? '');
      });
      child.once('close', () => reject(new Error(`gett ended without a line:\n${stderr}`)));
    });
    firstLine.catch(() => undefined);
    child.stdin.on('error', () => undefined);
    const result = once(child, 'close').then(() => ({
      code: child.exitCode ?? -1,
      stdout,
      stderr,
    }));
    return {
      child,
      firstLine,
      result,
      write: (text) => void child.stdin.write(text),
      end: () => void child.stdin.end(),
    };
  }

  return {
    folder,
    env,
    start,
    gett(args, { input = '', env: more = {} } = {}) {
      const running = start(args, more);
      running.write(input);
      running.end();
      return running.result;
    },
    async terminal(command) {
      const gett = `gett() { '${process.execPath}' '${GETT}' "$@"; }; stty cols 100 rows 24; ${command}`;
      const child = spawn('script', ['-qfec', gett, '/dev/null'], {
        cwd: folder,
        env: { ...env, SHELL: '/bin/bash' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let shown = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
      await once(child, 'close');
      return { code: child.exitCode ?? -1, shown };
    },
    leave: () => rm(folder, { recursive: true, force: true }),
  };
}
