/** Everything a machine can say about the code without running it: `npm run check`. */
import { run } from './lib/run.mjs';
import { ensureDependencies, main, SetupError, say } from './lib/setup.mjs';

/** @type {[name: string, command: string, args: string[]][]} */
const checks = [
  ['format', 'npx', ['biome', 'check', '--error-on-warnings', '.']],
  ['lint and import arrows', 'npx', ['oxlint', '--type-aware', '--deny-warnings']],
  ['extension types', 'npx', ['wxt', 'prepare']],
  ['types', 'npx', ['tsc', '-p', '.']],
  ['types of the SDK, without Node', 'npx', ['tsc', '-p', 'src/sdk', '--noEmit']],
  ['unused code', 'npx', ['knip', '--no-progress']],
  ['build', 'node', ['scripts/build.mjs']],
  ['package gett-sdk', 'npx', ['publint', '--strict', 'dist/sdk']],
  [
    'types of gett-sdk as seen by importers',
    'npx',
    ['attw', '--pack', 'dist/sdk', '--profile', 'esm-only'],
  ],
  ['public API of gett-sdk', 'node', ['scripts/api.mjs']],
  ['documentation', 'npm', ['run', '--silent', 'docs']],
  ['package gett-server', 'npx', ['publint', '--strict', 'dist/server']],
  // One warning is expected: Preact can set innerHTML, which nothing here asks it to.
  ['extension as its store sees it', 'npx', ['web-ext', 'lint', '-s', '.output/firefox-mv3']],
  ['size budgets', 'node', ['scripts/sizes.mjs']],
];

await main(async () => {
  await ensureDependencies();
  const failed = /** @type {string[]} */ ([]);
  for (const [name, command, args] of checks) {
    say(name);
    await run(command, args, { quiet: true }).catch(() => failed.push(name));
  }
  if (failed.length > 0) throw new SetupError(`check: ${failed.join(', ')} failed; see above.`);
  say('everything is in order');
});
