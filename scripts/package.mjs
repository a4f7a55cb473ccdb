/**
 * What the stores ask for: `npm run package`. Builds the extension for both browsers, packs each
 * with nothing of this machine in it, and adds the sources that a reviewer builds it from again.
 * https://extensionworkshop.com/documentation/publish/source-code-submission/
 */
import { mkdir, rm } from 'node:fs/promises';
import { at, manifest } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { ensureDependencies, main, say } from './lib/setup.mjs';
import { sources, writeZip } from './lib/zip.mjs';

await main(async () => {
  await ensureDependencies();
  await run('node', ['scripts/build.mjs', 'extension', 'extension-firefox']);
  const { version } = await manifest();
  const folder = at('dist/store');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const browser of ['chrome', 'firefox']) {
    const file = `${folder}/gett-share-${version}-${browser}.zip`;
    await writeZip(file, at('.output', `${browser}-mv3`));
    say(file);
  }
  const file = `${folder}/gett-share-${version}-sources.zip`;
  await writeZip(file, at(), await sources());
  say(`${file}: "npm run package" in it makes the same two files again`);
});
