import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';

const run = promisify(execFile);

describe('npm start', () => {
  let folder: string;
  beforeAll(async () => {
    await ensureBuilt('server', 'extension');
    folder = await mkdtemp(path.join(tmpdir(), 'gett-start-'));
  }, 120_000);
  // Helpers of the browser may outlive it, and write to its profile.
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  const start = (...flags: string[]) =>
    run(process.execPath, [at('scripts/start.mjs'), '--data', folder, '--port', '0', ...flags]);

  it('shares a picture without a display and finds it again byte for byte, twice in a row', async () => {
    for (const _ of ['first', 'again']) {
      const { stdout } = await start('--exit');
      expect(stdout).toMatch(/^Shared lake-at-dusk\.jpg: http:\/\/127\.0\.0\.1:\d+\/\w{8}$/m);
      expect(stdout).toMatch(/^Downloaded again: \d+ bytes, identical/m);
    }
  }, 120_000);

  it('says what is wrong with a flag, and starts nothing', async () => {
    await expect(start('--prot')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Unknown option '--prot'"),
    });
  });
});
