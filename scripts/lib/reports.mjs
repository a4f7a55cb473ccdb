/**
 * What the two runners report, in one form. https://vitest.dev/guide/reporters#json-reporter
 * https://playwright.dev/docs/api/class-testerror
 */
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './project.mjs';

/**
 * @typedef {{ test: string, why: string }} Failure
 * @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Totals
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: {
 *     name: string, status: string, message: string,
 *     assertionResults: { fullName: string, status: string, failureMessages: string[] }[],
 *   }[],
 * }} VitestReport
 * @typedef {{ message?: string }} TestError
 * @typedef {{
 *   title: string, file: string, line: number,
 *   tests: { projectName: string, status: string, results: { errors: TestError[] }[] }[],
 * }} Spec
 * @typedef {{ title: string, specs: Spec[], suites?: Suite[] }} Suite
 * @typedef {{
 *   suites: Suite[], errors: TestError[],
 *   stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 * }} PlaywrightReport
 */

const LINES = 12;

/** @param {string | undefined} message */
const beginning = (message) =>
  stripVTControlCharacters(message ?? '')
    .trim()
    .split('\n')
    .slice(0, LINES)
    .join('\n');

/**
 * @param {VitestReport} report
 * @returns {Totals}
 */
export function vitestTotals(report) {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name);
    const tests = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        test: `${file} › ${fullName}`,
        why: beginning(failureMessages.join('\n')),
      }));
    // A file that cannot be loaded has no tests that could fail.
    if (status !== 'failed' || tests.length > 0) return tests;
    return [{ test: file, why: beginning(message) }];
  });
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, failures.length),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/**
 * @param {PlaywrightReport} report
 * @returns {Totals}
 */
export function playwrightTotals({ suites, errors, stats }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...errors.map(({ message }) => ({ test: 'outside of any test', why: beginning(message) })),
      ...suites.flatMap((suite) => failuresIn(suite, [])),
    ],
  };
}

/**
 * @param {Suite} suite
 * @param {string[]} around titles of the groups around it
 * @returns {Failure[]}
 */
function failuresIn({ specs, suites = [] }, around) {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ projectName, results }) => ({
        test: `[${projectName}] ${file}:${line} › ${[...around, title].join(' › ')}`,
        why: beginning(results.at(-1)?.errors[0]?.message),
      })),
  );
  return [...own, ...suites.flatMap((inner) => failuresIn(inner, [...around, inner.title]))];
}

/**
 * What stands above the last line: which tests failed, and why, so that nobody has to search.
 * @param {Failure[]} failures
 */
export function failureList(failures) {
  return failures
    .map(({ test, why }) => `\nfailed: ${test}\n${why.replaceAll(/^/gm, '    ')}`)
    .join('\n');
}
