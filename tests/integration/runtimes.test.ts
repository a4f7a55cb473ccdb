import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureRuntime, RUNTIMES } from '../../scripts/lib/runtimes.mjs';
import { type Project, projectWith } from '../support/sdk-package.ts';
import { buildSuite, type CaseResult } from '../support/sdk-suite/build.ts';
import { cases } from '../support/sdk-suite/cases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const run = promisify(execFile);
const account = { email: 'ada@example.org', password: 'difference engine' };
const BY_PATH = 'sends a file of the disk by its path';

/** The suite with the installed package, and what only servers' runtimes have. */
const main = `
  import { runAll } from './runner.js';
  import { GettClient } from 'gett-sdk';
  import { fileFromPath, LiveWebSocket } from 'gett-sdk/node';
  import { createHash } from 'node:crypto';
  import { readFile } from 'node:fs/promises';
  import process from 'node:process';
  const settings = JSON.parse(process.argv[2]);
  async function byPath({ baseUrl, email, password, large }) {
    const gett = new GettClient({ baseUrl });
    await gett.signIn({ email, password });
    const file = await (await gett.shares.create()).createFile({ filename: 'large.bin' });
    const seen = [];
    await file.send(await fileFromPath(large), { onProgress: ({ sent }) => seen.push(sent) });
    const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
    const stored = new Uint8Array(await (await file.contents()).arrayBuffer());
    const chosen = await readFile(large);
    if (hash(stored) !== hash(chosen)) throw new Error('other bytes were stored');
    if (seen.at(-1) !== chosen.length) throw new Error('progress ended at ' + seen.at(-1));
  }
  const WebSocket = globalThis.WebSocket ?? LiveWebSocket;
  const results = await runAll({ ...settings, server: true, WebSocket });
  const error = await byPath(settings).then(() => '', (e) => String(e?.stack ?? e));
  results.push({ name: '${BY_PATH}', error });
  console.log(JSON.stringify(results));
  process.exit(0);
`;

describe('the installed package', () => {
  let project: Project;
  let server: TestServer;
  let settings: string;

  beforeAll(async () => {
    [project, server] = await Promise.all([projectWith('sdk'), startServer()]);
    await server.addUser({ ...account, name: 'Ada' });
    await buildSuite(project.folder, 'gett-sdk');
    await writeFile(path.join(project.folder, 'main.js'), main);
    const large = path.join(project.folder, 'large.bin');
    await writeFile(large, Buffer.alloc(20_000_000, 'Ge.tt'));
    settings = JSON.stringify({ baseUrl: server.baseUrl, large, ...account });
  }, 180_000);

  afterAll(async () => {
    await server.stop();
    await project.remove();
  });

  const names = [
    ...cases.filter(({ browserOnly }) => !browserOnly).map(({ name }) => name),
    BY_PATH,
  ];

  for (const key of ['node-oldest', 'node-current', 'deno', 'bun'] as const) {
    const { name: runtime, version } = RUNTIMES[key];

    describe(`in ${runtime} (${version})`, () => {
      let results: CaseResult[];

      beforeAll(async () => {
        const program = await ensureRuntime(key);
        const args = key === 'deno' ? ['run', '--allow-all', '--no-lock', '--no-prompt'] : [];
        const { stdout } = await run(program, [...args, 'main.js', settings], {
          cwd: project.folder,
        });
        results = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
      }, 300_000);

      it.each(names)('%s', (name) => {
        expect(results.find((result) => result.name === name)).toEqual({ name, error: '' });
      });
    });
  }
});
