import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';

const run = promisify(execFile);

/** Packs both packages and installs them into an empty project, as their users do. */
describe('the packages', () => {
  let project: string;

  beforeAll(async () => {
    await ensureBuilt('sdk', 'server');
    project = await mkdtemp(path.join(tmpdir(), 'gett-packages-'));
    await writeFile(path.join(project, 'package.json'), '{"private":true,"type":"module"}');
    for (const name of ['sdk', 'server']) {
      await run('npm', ['pack', at('dist', name), '--pack-destination', project]);
    }
    const { stdout } = await run('sh', ['-c', 'ls *.tgz'], { cwd: project });
    const files = stdout
      .trim()
      .split('\n')
      .map((file) => `./${file}`);
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', ...flags, ...files], { cwd: project });
  }, 180_000);

  afterAll(() => rm(project, { recursive: true, force: true }));

  it('give the SDK to an importer in Node', async () => {
    const script = `import { GettClient } from 'gett-sdk';
      import { createBasicClient, GettClient as Again, loadKeyPair } from 'gett-sdk/node';
      import { SmartFileClient } from 'gett-sdk/smartfile';
      import { KeyPair } from 'gett-sdk/bridge';
      import { JetStream } from 'gett-sdk/jetstream';
      const parts = [createBasicClient, loadKeyPair, SmartFileClient, KeyPair, JetStream];
      console.log(GettClient === Again, parts.every((part) => typeof part === 'function'));`;
    const { stdout } = await run('node', ['--input-type=module', '-e', script], { cwd: project });
    expect(stdout.trim()).toBe('true true');
  });

  it('give the command gett-server, without any install script', async () => {
    const { stdout } = await run('npx', ['gett-server', '--version'], { cwd: project });
    const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
    expect(stdout).toContain(version);
  });

  it('give the command gett in one file, which needs nothing that the SDK does not', async () => {
    const { stdout } = await run('npx', ['gett', '--version'], { cwd: project });
    const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
    expect(stdout.trim()).toBe(version);
  });

  it('keep the server away from those who want the SDK only', async () => {
    const sdk = JSON.parse(await readFile(at('dist/sdk/package.json'), 'utf8'));
    const allowed = ['ky', 'idb-keyval', '@noble/curves', '@noble/hashes', 'oauth-1.0a', 'ws'];
    expect(Object.keys(sdk.dependencies).filter((name) => !allowed.includes(name))).toEqual([]);
  });
});
