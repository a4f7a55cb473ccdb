/** What is built, from what, and whether it is still fresh. */
import { at, newest } from './project.mjs';
import { run } from './run.mjs';

const shared = [
  'src/protocol',
  'src/common',
  'scripts/build.mjs',
  'scripts/lib/lean-ky.mjs',
  'scripts/lib/minify.mjs',
  'package.json',
].map((place) => at(place));
const extension = ['src/sdk', 'src/extension', 'entrypoints', 'public', 'wxt.config.ts'].map(
  (place) => at(place),
);

/** Every build with its sources and a file that is written last. */
const builds = {
  sdk: {
    sources: [at('src/sdk'), at('src/cli'), at('src/cli.ts')],
    result: at('dist/sdk/package.json'),
  },
  server: { sources: [at('src/server'), at('src/sdk')], result: at('dist/server/package.json') },
  extension: { sources: extension, result: at('.output/chrome-mv3/manifest.json') },
  'extension-firefox': { sources: extension, result: at('.output/firefox-mv3/manifest.json') },
};

/**
 * Builds what is older than its sources.
 * @param {(keyof typeof builds)[]} names
 */
export async function ensureBuilt(...names) {
  for (const name of names) {
    const { sources, result } = builds[name];
    if ((await newest(...sources, ...shared)) < (await newest(result))) continue;
    await run('node', ['scripts/build.mjs', name], { quiet: true });
  }
}
