import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';
import { failureList, playwrightTotals, vitestTotals } from '../../scripts/lib/reports.mjs';

let folder: string;
beforeEach(async () => {
  await mkdir(at('.cache'), { recursive: true });
  folder = await mkdtemp(at('.cache', 'reports-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What a runner reports of some files; it ends with an error, for some of their tests fail. */
async function report(args: string[], files: Record<string, string>): Promise<never> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const file = path.join(folder, 'report.json');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  await new Promise((resolve) => execFile('npx', args, { cwd: folder, env }, resolve));
  return JSON.parse(await readFile(file, 'utf8')) as never;
}

const CASES = (inner: string) => `
  ${inner}('in a group', () => {
    test('holds', () => {});
    test('does not hold', () => { expect(1).toBe(2); });
  });
  test.skip('is left out', () => {});
`;

test('what fails in vitest is named with its file and its reason', async () => {
  const args = ['vitest', 'run', '--root=.', '--config=./vitest.config.mjs', '--reporter=json'];
  const totals = vitestTotals(
    await report([...args, '--outputFile=report.json'], {
      'vitest.config.mjs': 'export default { test: { include: ["*.test.mjs"] } };',
      'cases.test.mjs': `import { describe, expect, test } from 'vitest'; ${CASES('describe')}`,
      'broken.test.mjs': `throw new Error('cannot be loaded');`,
    }),
  );
  expect(totals).toMatchObject({ passed: 1, failed: 2, skipped: 1 });
  const list = failureList(totals.failures);
  expect(list).toMatch(
    /failed: \S+cases\.test\.mjs › in a group does not hold\n {4}\S.*expected 1/,
  );
  expect(list).toMatch(/failed: \S+broken\.test\.mjs\n {4}.*cannot be loaded/);
});

test('what fails in Playwright is named with its project, line and reason', async () => {
  const totals = playwrightTotals(
    await report(['playwright', 'test', '--reporter=json', '--config=playwright.config.mjs'], {
      'playwright.config.mjs': `export default { projects: [{ name: 'one' }] };`,
      'cases.spec.mjs': `import { expect, test } from '@playwright/test';${CASES('test.describe')}`,
    }),
  );
  expect(totals).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
  const list = failureList(totals.failures);
  expect(list).toMatch(
    /failed: \[one\] cases\.spec\.mjs:4 › .*in a group › does not hold\n {4}Error/,
  );
  expect(list).toContain('Expected: 2');
});
