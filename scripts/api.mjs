/**
 * The public API of gett-sdk as docs/api says it, so that a review sees every change of it:
 * `node scripts/api.mjs` fails when they differ, `node scripts/api.mjs --write` takes the new one.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { at } from './lib/project.mjs';
import { main, SetupError, say } from './lib/setup.mjs';

const package_ = at('dist/sdk');

/** @param {string} subpath @param {string} types @param {boolean} write */
function matches(subpath, types, write) {
  const name = subpath === '.' ? 'gett-sdk' : `gett-sdk-${subpath.slice(2)}`;
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(package_, 'package.json'),
    configObject: {
      projectFolder: package_,
      mainEntryPointFilePath: path.join(package_, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            module: 'esnext',
            moduleResolution: 'bundler',
            lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
            types: subpath === './node' ? ['node'] : [],
            skipLibCheck: true,
          },
          files: [path.join(package_, types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: at('docs/api'),
        reportTempFolder: at('.cache/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // Documentation is checked by its own site; tags of releases are not used.
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  return (succeeded || write) && (write || !apiReportChanged);
}

/** Exports without a doc comment, as the reports mark them. */
async function undocumented() {
  const reports = (await readdir(at('docs/api'))).filter((name) => name.endsWith('.api.md'));
  const texts = await Promise.all(reports.map((name) => readFile(at('docs/api', name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/^\/\/ @public \(undocumented\)\r?\nexport (.+?) ?[{;(=]/gm)].map(
      ([, declared = '']) => declared,
    ),
  );
}

await main(async () => {
  const write = process.argv.includes('--write');
  await mkdir(at('docs/api'), { recursive: true });
  const { exports } = JSON.parse(await readFile(path.join(package_, 'package.json'), 'utf8'));
  const changed = Object.entries(exports)
    .filter(([, entry]) => entry.types?.endsWith('.d.ts') && !entry.default.endsWith('.min.js'))
    .filter(([subpath, { types }]) => !matches(subpath, types, write));
  const bare = await undocumented();
  if (bare.length > 0) throw new SetupError(`Say what they are for: ${bare.join(', ')}.`);
  if (changed.length === 0) return say('the public API is as docs/api says');
  throw new SetupError(
    `The public API of ${changed.map(([subpath]) => subpath).join(', ')} has changed. Look at "git diff docs/api" after: node scripts/api.mjs --write`,
  );
});
