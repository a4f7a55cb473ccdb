import { defineConfig } from '@playwright/test';

/**
 * headless: the built extension and the server's pages in headless Chromium. desktop: what needs
 * native menus, on a display of its own. firefox: driven by WebDriver BiDi from the same runner.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/playwright-setup.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  // Screens and their references: tests/e2e/screens.
  snapshotPathTemplate: '{testDir}/screens/references/{arg}{ext}',
  updateSnapshots: 'none',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'headless',
      testMatch: /\.spec\.ts$/,
      testIgnore: /\.(desktop|firefox)\.spec\.ts$/,
    },
    { name: 'desktop', testMatch: /\.desktop\.spec\.ts$/, metadata: { desktop: true } },
    { name: 'firefox', testMatch: /\.firefox\.spec\.ts$/ },
  ],
});
