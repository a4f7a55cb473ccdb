/** Other JavaScript runtimes for tests; each is an npm package with its program, kept in .cache. */
import { access, constants, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { at } from './project.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './setup.mjs';

const { platform, arch } = process;

/**
 * What npm calls the program of this computer. The packages are taken as they are, without the
 * umbrella packages `node`, `deno` and `bun`, which need install scripts to put it in place.
 * @typedef {{ name: string, version: string, package: string, program: string }} Runtime
 * @type {Record<'node-oldest' | 'node-current' | 'deno' | 'bun', Runtime>}
 */
export const RUNTIMES = {
  'node-oldest': { name: 'Node, the oldest supported', version: '20.19.0', ...node() },
  'node-current': { name: 'Node, the current one', version: '26.10.0', ...node() },
  deno: {
    name: 'Deno',
    version: '2.9.6',
    package: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`,
    program: platform === 'win32' ? 'deno.exe' : 'deno',
  },
  bun: {
    name: 'Bun',
    version: '1.4.5',
    // The baseline runs on processors without AVX2 too.
    package: `@oven/bun-${platform === 'win32' ? 'windows' : platform}-${
      arch === 'arm64' ? 'aarch64' : `${arch}-baseline`
    }`,
    program: platform === 'win32' ? 'bin/bun.exe' : 'bin/bun',
  },
};

function node() {
  return platform === 'win32'
    ? { package: `node-win-${arch}`, program: 'bin/node.exe' }
    : { package: `node-${platform}-${arch}`, program: 'bin/node' };
}

/**
 * @param {keyof typeof RUNTIMES} key
 * @returns {Promise<string>} the path of the program, installed when it is missing
 */
export async function ensureRuntime(key) {
  const { name, version, package: id, program } = RUNTIMES[key];
  const folder = at('.cache/runtimes', `${key}-${version}`);
  const file = path.join(folder, 'node_modules', id, program);
  if (await isExecutable(file)) return file;
  say(`installing ${name}, ${version} (30 to 60 MB, once)`);
  const fresh = `${folder}.new-${process.pid}`;
  try {
    await mkdir(fresh, { recursive: true });
    const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    await run('npm', ['install', '--prefix', fresh, ...flags, `${id}@${version}`], { quiet: true });
    // Another run may have put its own there meanwhile; both are the same.
    await rename(fresh, folder).catch(() => undefined);
  } catch {
    throw new SetupError(
      `npm could not install ${id}@${version} for the tests in ${name}; see its message above. Is the registry there?`,
    );
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  if (await isExecutable(file)) return file;
  throw new SetupError(`${id}@${version} has no ${program}: the tests in ${name} cannot run here.`);
}

/** @param {string} file */
const isExecutable = (file) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
