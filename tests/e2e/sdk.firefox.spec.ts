import { expect, test } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { FIREFOX } from '../support/client-page.ts';
import type { CaseResult } from '../support/sdk-suite/build.ts';
import { startSuiteSite } from '../support/sdk-suite/site.ts';
import { startServer } from '../support/server.ts';

const account = { email: 'ada@example.org', password: 'difference engine' };

test('the SDK works in a page of another origin in Firefox', async () => {
  test.setTimeout(180_000);
  const site = await startSuiteSite();
  const server = await startServer();
  await server.addUser({ ...account, name: 'Ada' });
  const firefox = await launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
  try {
    const page = await firefox.newPage();
    await page.goto(site.origin);
    const settings = { baseUrl: server.baseUrl, ...account };
    const results = await page.evaluate(async (given): Promise<CaseResult[]> => {
      const { runAll } = await import(`${location.origin}/runner.js`);
      return runAll(given);
    }, settings);
    expect(results.filter(({ error }) => error !== '')).toEqual([]);
    expect(results.length).toBeGreaterThan(10);
  } finally {
    await firefox.close();
    await server.stop();
    await site.stop();
  }
});
