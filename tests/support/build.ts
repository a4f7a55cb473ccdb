import { at, newest } from '../../scripts/lib/project.mjs';
import { run } from '../../scripts/lib/run.mjs';

const shared = [at('src/protocol'), at('scripts/build.mjs'), at('package.json')];

/** Every build that tests use, with its sources and a file that is written last. */
const builds = {
  sdk: { sources: [at('src/sdk')], result: at('dist/sdk/package.json') },
  server: { sources: [at('src/server')], result: at('dist/server/package.json') },
  extension: {
    sources: [
      at('src/sdk'),
      at('src/extension'),
      at('entrypoints'),
      at('public'),
      at('wxt.config.ts'),
    ],
    result: at('.output/chrome-mv3/manifest.json'),
  },
  'extension-firefox': {
    sources: [
      at('src/sdk'),
      at('src/extension'),
      at('entrypoints'),
      at('public'),
      at('wxt.config.ts'),
    ],
    result: at('.output/firefox-mv3/manifest.json'),
  },
};

/** Builds what is older than its sources. */
export async function ensureBuilt(...names: (keyof typeof builds)[]): Promise<void> {
  for (const name of names) {
    const { sources, result } = builds[name];
    if ((await newest(...sources, ...shared)) < (await newest(result))) continue;
    await run('node', ['scripts/build.mjs', name], { quiet: true });
  }
}
