/** Size budgets of what ships to a browser, in bytes; gzip unless said otherwise. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleOf, gzipped } from './lib/bundle-size.mjs';
import { at } from './lib/project.mjs';
import { writeZip } from './lib/zip.mjs';

/** @param {string} file */
const gzip = async (file) => gzipped(await readFile(file));

/** @param {string} source @param {(string | RegExp)[]} [without] */
const bundled = async (source, without) => gzipped(await bundleOf(source, without));

const CRYPTOGRAPHY = [/^@noble\//, 'oauth-1.0a'];

const IMPORTS = /(?:from|import)\s*["'`](\.\.?\/[^"'`]+)["'`]/g;
const ALL_IMPORTS = /(?:from|import)\s*\(?["'`](\.\.?\/[^"'`]+)["'`]/g;

/**
 * Scripts and styles that one extension page loads at its start: what its own script imports, and
 * what that reads once the last frame is drawn.
 * @param {string} page
 */
async function pageSize(page) {
  const folder = at('.output/chrome-mv3');
  const html = await readFile(path.join(folder, page), 'utf8');
  const files = new Set(
    [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, file = '']) => file),
  );
  const [entry = ''] = files;
  // What a module imports belongs to it; what it may import later does not. A set takes new
  // members while it is walked through.
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    const code = await readFile(path.join(folder, file), 'utf8');
    const imports = file === entry ? ALL_IMPORTS : IMPORTS;
    for (const [, name = ''] of code.matchAll(imports)) {
      files.add(path.posix.join(path.posix.dirname(file), name));
    }
  }
  const sizes = await Promise.all([...files].map((file) => gzip(path.join(folder, file))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** As its store gets it. */
async function extensionSize() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-size-'));
  const file = path.join(folder, 'extension.zip');
  await writeZip(file, at('.output/chrome-mv3'));
  const { size } = await stat(file);
  await rm(folder, { recursive: true });
  return size;
}

const budgets = [
  {
    name: 'Ge.tt SDK with ky, one file',
    size: await gzip(at('dist/sdk/gett-sdk.min.js')),
    limit: 12_000,
  },
  {
    name: 'the same, bundled by an application with all of ky',
    size: await bundled("export * from 'gett-sdk'"),
    limit: 13_000,
  },
  {
    name: 'component <gett-drop>, one file with the SDK',
    size: await gzip(at('dist/server/assets/gett-drop.js')),
    limit: 28_500,
  },
  {
    name: 'upload engine alone',
    size: await bundled("export { uploadFile } from 'gett-sdk'"),
    limit: 4_000,
  },
  ...(await Promise.all(
    ['smartfile', 'bridge', 'jetstream'].map(async (service) => ({
      name: `${service} without its cryptography`,
      size: await bundled(`export * from 'gett-sdk/${service}'`, CRYPTOGRAPHY),
      limit: 8_000,
    })),
  )),
  { name: 'popup, scripts and styles', size: await pageSize('popup.html'), limit: 35_000 },
  { name: 'extension, zipped', size: await extensionSize(), limit: 250_000 },
];

for (const { name, size, limit } of budgets) {
  const over = size > limit;
  console.log(`${over ? '✗' : '✓'} ${name}: ${size} of ${limit} bytes`);
  if (over) process.exitCode = 1;
}
