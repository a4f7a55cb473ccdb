import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';

const run = promisify(execFile);
const GIGABYTE = 1_000_000_000;

/** Sends and says how much memory it took at most, in kB. */
const program = `
  import { fileFromPath, uploadFile } from '${at('dist/sdk/node.js')}';
  const [, , url, method, file] = process.argv;
  const target = { puturl: url, posturl: url, resumable: 'tus-1.0' };
  await uploadFile(target, await fileFromPath(file), { method, retries: 0 });
  console.log(process.resourceUsage().maxRSS);
`;

describe('sending 1 GB from Node', () => {
  let server: Server;
  let folder: string;
  let url: string;
  let received = 0;

  beforeAll(async () => {
    await ensureBuilt('sdk');
    folder = await mkdtemp(path.join(tmpdir(), 'gett-memory-'));
    await writeFile(path.join(folder, 'send.mjs'), program);
    const file = await open(path.join(folder, 'large.bin'), 'w');
    await file.truncate(GIGABYTE);
    await file.close();
    // The bytes go nowhere: what counts is the memory of the one who sends them.
    server = createServer((request, response) => {
      const tus = { 'tus-resumable': '1.0.0', 'upload-length': GIGABYTE };
      if (request.method === 'HEAD') {
        response.writeHead(200, { ...tus, 'upload-offset': 0 }).end();
        return;
      }
      received = 0;
      request.on('data', (chunk: Buffer) => (received += chunk.length));
      request.on('end', () => {
        if (request.method === 'PATCH') {
          response.writeHead(204, { ...tus, 'upload-offset': GIGABYTE }).end();
        } else response.end('computer says yes');
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/4Xq81Rb`;
  }, 120_000);

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['post', 'put', 'resumable'])(
    'by %s stays under 150 MB resident',
    async (method) => {
      const args = [path.join(folder, 'send.mjs'), url, method, path.join(folder, 'large.bin')];
      const { stdout } = await run(process.execPath, args);
      expect(received).toBeGreaterThanOrEqual(GIGABYTE);
      expect(Number(stdout) / 1000).toBeLessThan(150);
      expect(Number(stdout)).toBeGreaterThan(0);
    },
    180_000,
  );
});
