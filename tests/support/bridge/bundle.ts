import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'tsdown';
import { at } from '../../../scripts/lib/project.mjs';

/** The Bridge client as one minified file; `without` names packages that stay outside. */
export async function bundleOfBridge(without: RegExp[] = []): Promise<string> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'bridge-bundle-'));
  try {
    await build({
      cwd: at(),
      config: false,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      entry: { bridge: at('src/sdk/bridge/index.ts') },
      outDir,
      deps: without.length > 0 ? { neverBundle: without } : { alwaysBundle: [/.*/] },
      minify: true,
      dts: false,
      hash: false,
      fixedExtension: false,
      logLevel: 'warn',
      tsconfig: at('tsconfig.json'),
    });
    return await readFile(path.join(outDir, 'bridge.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
