import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'tsdown';
import { at } from '../../../scripts/lib/project.mjs';

/** What came of one case; `error` is empty when it held. */
export interface CaseResult {
  name: string;
  error: string;
}

/** Writes the cases as one module `cases.js`, and `runner.js`, which runs them with an SDK. */
export async function buildSuite(folder: string, sdk: string): Promise<void> {
  await build({
    cwd: at(),
    config: false,
    entry: { cases: at('tests/support/sdk-suite/cases.ts') },
    outDir: folder,
    platform: 'neutral',
    format: 'esm',
    fixedExtension: false,
    dts: false,
    clean: false,
    logLevel: 'silent',
  });
  await writeFile(
    path.join(folder, 'runner.js'),
    `import * as sdk from '${sdk}';
    import { cases } from './cases.js';
    export async function runAll({ server, ...settings }) {
      const results = [];
      for (const { name, browserOnly, run } of cases) {
        if (server && browserOnly) continue;
        const error = await run({ sdk, ...settings }).then(() => '', (e) => String(e?.stack ?? e));
        results.push({ name, error });
      }
      return results;
    }`,
  );
}
