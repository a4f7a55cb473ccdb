import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { test as base } from './chromium.ts';
import { type SlowServer, startSlowServer } from './slow-server.ts';

export const MB = 1_000_000;

export interface Film {
  path: string;
  name: string;
  bytes: Buffer;
}

/** A file of this computer with bytes of its own. */
export function makeFilm(info: TestInfo, name: string, size: number): Film {
  const file = info.outputPath(name);
  mkdirSync(path.dirname(file), { recursive: true });
  const bytes = randomFillSync(Buffer.alloc(size));
  writeFileSync(file, bytes);
  return { path: file, name: path.basename(name), bytes };
}

/** The extension, and a server behind an uplink that can be narrowed. */
export const test = base.extend<{ slow: SlowServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the parameters.
  slow: async ({}, use) => {
    const slow = await startSlowServer();
    await use(slow);
    await slow.stop();
  },
});

export const choose = (page: Page, ...films: Film[]) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles(films.map((film) => film.path));

export const rowOf = (page: Page, text: string) =>
  page.getByRole('listitem').filter({ hasText: text }).first();

export async function linkOf(page: Page, text: string): Promise<string> {
  const link = rowOf(page, text).getByRole('link').first();
  return (await link.getAttribute('href')) ?? '';
}

/** How far the bar of a row is, in percent. */
export async function percentOf(page: Page, text: string): Promise<number> {
  const bar = rowOf(page, text).getByRole('progressbar');
  return Number((await bar.getAttribute('aria-valuenow').catch(() => 0)) ?? 0);
}
