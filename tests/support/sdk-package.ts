import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';

const run = promisify(execFile);

/** An empty project in which built packages are installed, packed as npm would publish them. */
export interface Project {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function projectWith(...packages: ('sdk' | 'server')[]): Promise<Project> {
  await ensureBuilt(...packages);
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-packages-'));
  await writeFile(path.join(folder, 'package.json'), '{"private":true,"type":"module"}');
  for (const name of packages) {
    await run('npm', ['pack', at('dist', name), '--pack-destination', folder]);
  }
  const packed = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  const args = ['install', ...flags, ...packed.map((name) => `./${name}`)];
  const install = () => run('npm', args, { cwd: folder });
  // A registry that is out of reach for a moment says nothing about the packages.
  await install().catch(install);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
