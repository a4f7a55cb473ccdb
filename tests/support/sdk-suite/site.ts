import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../../scripts/lib/project.mjs';
import { buildSuite } from './build.ts';

/** The suite with the single-file SDK as it is published, for every place where browsers run it. */
const files = {
  'index.html': '<!doctype html><title>SDK suite</title>',
  'worker.js': `
    import { runAll } from './runner.js';
    addEventListener('message', async ({ data }) => postMessage(await runAll(data)));`,
  'service-worker.js': `
    import { runAll } from './runner.js';
    addEventListener('message', (event) =>
      event.waitUntil(runAll(event.data).then((results) => event.ports[0].postMessage(results))));`,
  'extension-worker.js': `
    import { runAll } from './runner.js';
    globalThis.runAll = runAll;`,
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'SDK suite',
    version: '1',
    background: { service_worker: 'extension-worker.js', type: 'module' },
    host_permissions: ['http://127.0.0.1/*'],
  }),
};

export interface SuiteSite {
  /** Also an extension for Chromium. */
  readonly folder: string;
  readonly origin: string;
  stop(): Promise<void>;
}

export async function startSuiteSite(): Promise<SuiteSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-sdk-suite-'));
  await buildSuite(folder, './gett-sdk.min.js');
  const sdk = await readFile(at('dist/sdk/gett-sdk.min.js'));
  for (const [name, content] of Object.entries({ ...files, 'gett-sdk.min.js': sdk })) {
    await writeFile(path.join(folder, name), content);
  }
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? '') || 'index.html';
    const type = name.endsWith('.js') ? 'text/javascript' : 'text/html';
    const file = createReadStream(path.join(folder, name));
    file.once('open', () => response.writeHead(200, { 'content-type': type }));
    file.once('error', () => response.writeHead(404).end());
    file.pipe(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    folder,
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
