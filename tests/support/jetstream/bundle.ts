import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'tsdown';
import { at } from '../../../scripts/lib/project.mjs';

/** The JetStream client as one minified module for browsers. */
export async function bundleOfJetStream(): Promise<string> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'jetstream-bundle-'));
  try {
    await build({
      cwd: at(),
      config: false,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      entry: { jetstream: at('src/sdk/jetstream/index.ts') },
      outDir,
      minify: true,
      dts: false,
      hash: false,
      fixedExtension: false,
      logLevel: 'warn',
      tsconfig: at('tsconfig.json'),
    });
    return await readFile(path.join(outDir, 'jetstream.js'), 'utf8');
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
