/** What a program pays for what it imports from the built gett-sdk. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'tsdown';
import { squeeze } from './minify.mjs';
import { at } from './project.mjs';

/** What servers and CDNs send of a file that they compress once. @param {Uint8Array | string} content */
export const gzipped = (content) => gzipSync(content, { level: 9 }).length;

/**
 * Bundles a module for browsers, minified, as an application would.
 * @param {string} source may import from `gett-sdk` and its subpaths
 * @param {(string | RegExp)[]} [without] packages that stay outside
 * @returns {Promise<string>} the code
 */
export async function bundleOf(source, without = []) {
  // Beside the built package, where its dependencies are found and it finds itself by its name.
  const folder = await mkdtemp(at('dist/sdk/.bundle-'));
  try {
    const entry = path.join(folder, 'entry.js');
    await writeFile(entry, source);
    await build({
      cwd: folder,
      config: false,
      clean: false,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      entry: { bundle: entry },
      outDir: folder,
      deps: { neverBundle: without, alwaysBundle: (id) => !without.some((name) => id.match(name)) },
      minify: true,
      dts: false,
      hash: false,
      fixedExtension: false,
      logLevel: 'error',
      outputOptions: { codeSplitting: false },
    });
    const files = await readdir(folder);
    if (files.filter((name) => name.endsWith('.js')).length !== 2) throw new Error(files.join());
    await squeeze(path.join(folder, 'bundle.js'), false);
    return await readFile(path.join(folder, 'bundle.js'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
