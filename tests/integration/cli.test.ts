import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLI, type CliResult, cli, startServer } from '../support/server.ts';

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gett-cli-'));
  data = path.join(folder, 'data');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) => cli([...args, '--data', data], { input: 'password\n' });
const addAda = () => run('user', 'add', 'ada@example.org', '--name', 'Ada', '--password-stdin');

/** One sentence on standard error, which says what to do, and nothing on standard output. */
function expectComplaint({ code, stdout, stderr }: CliResult, expected: number, text: RegExp) {
  expect(stderr).toMatch(text);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^gett-server: /);
  expect(stderr).not.toContain('    at ');
  expect([code, stdout]).toEqual([expected, '']);
}

describe('users and apps', () => {
  test('user add makes the data folder, says so, and refuses the same address twice', async () => {
    const first = await addAda();
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('ada@example.org');
    const again = await run('user', 'add', 'ADA@example.org', '--name', 'A', '--password-stdin');
    expectComplaint(again, 1, /user passwd/);
  });

  test('at a terminal the password is asked for and not shown', async () => {
    const words = [process.execPath, CLI, 'user', 'add', 'ada@example.org', '--name', 'Ada'];
    const terminal = spawn('script', ['-qfec', [...words, '--data', data].join(' '), '/dev/null']);
    let shown = '';
    for await (const chunk of terminal.stdout) {
      shown += String(chunk);
      if (shown.endsWith('Password: ')) terminal.stdin.write('analytical\n');
    }
    expect(shown).toContain('added ada@example.org');
    expect(shown).not.toContain('analytical');
  });

  test('a password must be there and have 8 characters', async () => {
    const args = ['user', 'add', 'ada@example.org', '--name', 'Ada', '--password-stdin'];
    expectComplaint(await cli([...args, '--data', data]), 1, /standard input/);
    const short = await cli([...args, '--data', data], { input: 'seven77\n' });
    expectComplaint(short, 1, /8 characters/);
    await expect(access(data)).rejects.toThrow();
  });

  test('user passwd wants a user that exists', async () => {
    expectComplaint(
      await run('user', 'passwd', 'eve@example.org', '--password-stdin'),
      1,
      /user add/,
    );
  });

  test('apps are added, listed and revoked; the key is shown once and not stored', async () => {
    const added = await run('app', 'add', 'My tool');
    expect(added.code).toBe(0);
    const [, key = ''] = /^apikey (\S{40,})$/m.exec(added.stdout) ?? [];
    expect(key).not.toBe('');
    expect((await run('app', 'list')).stdout).toMatch(/^1\tactive\t\d{4}-\d\d-\d\d\tMy tool\n$/);
    expect((await run('app', 'revoke', '1')).code).toBe(0);
    expect((await run('app', 'list')).stdout).toMatch(/^1\trevoked\t/);
    expectComplaint(await run('app', 'revoke', '1'), 1, /app list/);
    for (const name of await readdir(data)) {
      expect((await readFile(path.join(data, name))).includes(key)).toBe(false);
    }
  });

  test('they work while the server runs', async () => {
    const server = await startServer();
    try {
      await server.addUser({ email: 'ada@example.org', password: 'lovelace', name: 'Ada' });
      const body = JSON.stringify({ email: 'ada@example.org', password: 'lovelace' });
      const login = await fetch(`${server.baseUrl}/users/login`, { method: 'POST', body });
      expect(login.status).toBe(200);
    } finally {
      await server.stop();
    }
  });

  test('several at once on a new folder do not get into each other’s way', async () => {
    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        run('user', 'add', `${name}@example.org`, '--name', name, '--password-stdin'),
      ),
    );
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(results.map(() => [0, '']));
  });
});

describe('the command line', () => {
  test.each([
    [['frobnicate'], /serve, user add/],
    [['serve', '--nonsense'], /--nonsense.*--help/],
    [['user', 'add', 'ada@example.org', '--name', 'Ada'], /--password-stdin/],
  ])('the mistake in %j ends with 2, names the remedy and touches nothing', async (args, text) => {
    expectComplaint(await run(...args), 2, text);
    await expect(access(data)).rejects.toThrow();
  });

  test('--help and --version answer on standard output', async () => {
    const help = await cli(['--help']);
    expect([help.code, help.stderr]).toEqual([0, '']);
    for (const word of ['serve', 'user add', 'user passwd', 'app revoke', '--storage-limit']) {
      expect(help.stdout).toContain(word);
    }
    expect((await cli(['serve', '--help'])).stdout).toBe(help.stdout);
    expect((await cli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('what keeps the server from starting ends with 1 and harms nothing', () => {
  const serve = (...args: string[]) => run('serve', '--host', '127.0.0.1', '--port', '0', ...args);

  test('an occupied port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expectComplaint(await serve('--port', port), 1, /in use by another program.*--port/);
    other.close();
  });

  test('an address of another machine', async () => {
    expectComplaint(await serve('--host', '192.0.2.1'), 1, /--host/);
  });

  test('a folder that holds something else', async () => {
    await mkdir(data);
    await writeFile(path.join(data, 'thesis.txt'), 'precious');
    expectComplaint(await serve(), 1, /thesis\.txt.*--data/);
    expectComplaint(await addAda(), 1, /thesis\.txt.*--data/);
    expect(await readdir(data)).toEqual(['thesis.txt']);
  });

  test('a file in place of the folder', async () => {
    await writeFile(data, 'precious');
    expectComplaint(await serve(), 1, /not a folder.*--data/);
    expect(await readFile(data, 'utf8')).toBe('precious');
  });

  test('the database of another program', async () => {
    await mkdir(data);
    const file = path.join(data, 'meta.db');
    const foreign = new Database(file);
    foreign.exec('create table users (name text)');
    foreign.close();
    const before = await readFile(file);
    expectComplaint(await serve(), 1, /another program/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('a file that is no database', async () => {
    await mkdir(data);
    const file = path.join(data, 'meta.db');
    await writeFile(file, 'this is not a database, it is a diary. '.repeat(50));
    const before = await readFile(file);
    expectComplaint(await serve(), 1, /backup/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('a folder written by a newer version', async () => {
    await addAda();
    const database = new Database(path.join(data, 'meta.db'));
    database.exec(
      `insert into kysely_migration (name, timestamp) values ('9999_from_the_future', '2040')`,
    );
    database.close();
    expectComplaint(await serve(), 1, /newer version/);
    expectComplaint(await run('app', 'list'), 1, /newer version/);
  });

  test('a folder that a running server uses', async () => {
    const server = await startServer();
    try {
      const second = ['serve', '--data', server.data, '--host', '127.0.0.1', '--port', '0'];
      expectComplaint(await cli(second), 1, /in use by a running gett-server.*--data/);
      expect((await fetch(`${server.baseUrl}/shares/zzzzzzz`)).status).toBe(404);
      await server.kill();
      await server.restart();
    } finally {
      await server.stop();
    }
  });

  test('stored files without their database, and a database without its files', async () => {
    await addAda();
    await mkdir(path.join(data, 'blobs', 'ab', 'cd'), { recursive: true });
    const blob = path.join(data, 'blobs', 'ab', 'cd', 'abcdef');
    await writeFile(blob, 'stored');
    expectComplaint(await serve(), 1, /meta\.db.*backup/);
    await rm(path.join(data, 'meta.db'));
    expectComplaint(await serve(), 1, /meta\.db.*backup/);
    expect(await readFile(blob, 'utf8')).toBe('stored');
  });
});

test('serve prints one line when it is ready, and ends well on SIGTERM', async () => {
  const server = await startServer({ args: ['--log-level', 'silent'] });
  expect((await fetch(`${server.baseUrl}/shares/zzzzzzz`)).status).toBe(404);
  expect(server.log()).toBe('');
  await server.stop();
});
