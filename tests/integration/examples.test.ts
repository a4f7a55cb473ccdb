import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';
import { type Project, projectWith } from '../support/sdk-package.ts';
import { startServer, type TestServer } from '../support/server.ts';

const account = { email: 'ada@example.org', password: 'difference engine' };

/** The programs of `examples/`, in a project with the package; the pages are in tests/e2e/examples.spec.ts. */
describe('the example programs', () => {
  let project: Project;
  let server: TestServer;

  beforeAll(async () => {
    project = await projectWith('sdk');
    await cp(at('examples'), path.join(project.folder, 'examples'), {
      recursive: true,
      filter: (source) => !source.includes('node_modules'),
    });
    await mkdir(path.join(project.folder, 'files'));
    await writeFile(path.join(project.folder, 'files/film.mkv'), 'a film');
    await writeFile(path.join(project.folder, 'files/notes.txt'), 'some notes');
    server = await startServer();
    await server.addUser({ ...account, name: 'Ada' });
  }, 180_000);

  afterAll(async () => {
    await server?.stop();
    await project?.remove();
  });

  function start(program: string, ...args: string[]) {
    const child = spawn(process.execPath, [`examples/${program}`, ...args], {
      cwd: project.folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        GETT_SERVER: server.origin,
        GETT_EMAIL: account.email,
        GETT_PASSWORD: account.password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const told: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => told.push(text));
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    return {
      child,
      told,
      ended: once(child, 'close'),
      line: async (): Promise<string> => (await lines.next()).value ?? `(ended) ${told.join('')}`,
    };
  }

  it('node-upload puts the link out first and stores every file', async () => {
    const run = start('node-upload/upload.mjs', 'files/film.mkv', 'files/notes.txt');
    expect(await run.line()).toMatch(`${server.origin}/`);
    expect(await run.line()).toMatch(/^notes\.txt 10 http/);
    expect(await run.line()).toMatch(/^film\.mkv 6 http/);
    expect(await run.ended).toEqual([0, null]);
    expect(run.told.join('')).toContain('film.mkv: 6 of 6 bytes, done');
  });

  it('node-upload without files says what it wants', async () => {
    const run = start('node-upload/upload.mjs');
    expect(await run.ended).toEqual([2, null]);
    expect(run.told.join('')).toContain('Name the files to share');
  });

  it('on-demand sends a file when somebody opens it, no other, and ends with Ctrl+C', async () => {
    const run = start('on-demand/on-demand.mjs', 'files/film.mkv', 'files/notes.txt');
    expect(await run.line()).toMatch(`${server.origin}/`);
    await run.line();
    const [name, address = ''] = (await run.line()).split(' ');
    expect(name).toBe('notes.txt');
    expect(await (await fetch(address)).text()).toBe('some notes');
    expect(await run.line()).toBe('Somebody opens notes.txt.');
    expect(await run.line()).toBe('notes.txt is stored.');
    run.child.kill('SIGINT');
    expect(await run.ended).toEqual([0, null]);
  });
});
