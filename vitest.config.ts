import { defineConfig } from 'vitest/config';

/** What comes by itself, soon on an idle machine, is waited for; its test has the last word. */
const patient = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 20_000, interval: 5 } },
};

/**
 * unit: pure logic. conformance: the server against the specification, one test per rule.
 * integration: the SDK and the command line against the real server.
 * Tests that need a browser live in tests/e2e and run under Playwright.
 */
const node = (name: string) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    environment: 'node' as const,
    ...patient,
    ...(name !== 'unit' && { globalSetup: 'tests/support/vitest-setup.ts' }),
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        ...node('unit'),
        test: { ...node('unit').test, exclude: ['tests/unit/**/*.dom.test.{ts,tsx}'] },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          ...patient,
          name: 'dom',
          include: ['tests/unit/**/*.dom.test.{ts,tsx}'],
          environment: 'happy-dom',
        },
      },
      node('conformance'),
      node('integration'),
    ],
  },
});
