/**
 * Every test there is: `npm test`. Installs and builds what is missing, shows progress, and ends
 * with what failed, if anything did, and one line `N passed, N failed`.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { at } from './lib/project.mjs';
import { failureList, playwrightTotals, vitestTotals } from './lib/reports.mjs';
import { run } from './lib/run.mjs';
import { ensureRuntime } from './lib/runtimes.mjs';
import {
  ensureChromium,
  ensureDependencies,
  ensureDesktopTools,
  ensureFirefox,
  main,
  say,
} from './lib/setup.mjs';

/** @typedef {import('./lib/reports.mjs').Totals} Totals */

const reports = at('.cache/reports');

/**
 * Runs one runner and reads its own report; a runner that broke before it could write one counts
 * as a failure.
 * @template Report
 * @param {string} name
 * @param {string[]} args
 * @param {(report: Report) => Totals} read
 * @returns {Promise<Totals>}
 */
async function suite(name, args, read) {
  const file = at('.cache/reports', `${name}.json`);
  say(`${name} tests`);
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, FORCE_COLOR: '0' };
  const ended = await run('npx', args, { env }).then(
    () => undefined,
    (/** @type {Error} */ error) => error,
  );
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const totals = text ? read(JSON.parse(text)) : { passed: 0, failed: 0, skipped: 0, failures: [] };
  if (!ended || totals.failed > 0) return totals;
  // Errors outside of any test are in its output alone.
  return { ...totals, failed: 1, failures: [{ test: name, why: ended.message }] };
}

const vitest = () =>
  suite(
    'vitest',
    [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports}/vitest.json`,
    ],
    vitestTotals,
  );

/** @param {string[]} projects */
const playwright = (projects) =>
  suite(
    'playwright',
    ['playwright', 'test', '--reporter=list,json', ...projects.map((name) => `--project=${name}`)],
    playwrightTotals,
  );

await main(async () => {
  await ensureDependencies();
  await ensureChromium();
  const projects = ['headless'];
  if (await ensureFirefox()) projects.push('firefox');
  else say('no Firefox ESR or Developer Edition: its tests are left out');
  const missing = await ensureDesktopTools();
  if (missing.length === 0) projects.push('desktop');
  else say(`no ${missing.join(', ')}: tests on a real desktop are left out`);
  for (const runtime of /** @type {const} */ (['node-oldest', 'node-current', 'deno', 'bun'])) {
    // Its tests fail with the same reason; the others need not wait for it.
    await ensureRuntime(runtime).catch((error) => say(error.message));
  }
  say('building');
  await run('node', ['scripts/build.mjs']);
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });

  const results = [await vitest(), await playwright(projects)];
  const total = results.reduce((sum, part) => ({
    passed: sum.passed + part.passed,
    failed: sum.failed + part.failed,
    skipped: sum.skipped + part.skipped,
    failures: [...sum.failures, ...part.failures],
  }));
  if (total.failures.length > 0) console.log(failureList(total.failures));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
});
