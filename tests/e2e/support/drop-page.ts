import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { englishTexts as texts } from '../../../src/sdk/drop/texts.ts';
import { USER } from './account.ts';
import { forcedColourFlaws } from './forced-colours.ts';
import { expect } from './visitor.ts';

export const signInButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Sign in', exact: true });
export const chooseFiles = (page: Page): Locator =>
  page.getByRole('button', { name: texts.chooseFiles });
export const linkOf = (page: Page): Locator =>
  page.getByRole('list', { name: texts.shares }).getByRole('link');
/** What the component says to those who listen. */
export const said = (page: Page): Locator => page.locator('gett-drop').getByRole('status');
export const alarmed = (page: Page): Locator => page.locator('gett-drop').getByRole('alert');

export async function fillSignIn(
  page: Page,
  { email, password }: { email: string; password: string } = USER,
): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.locator('form').getByRole('button').click();
}

export async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await fillSignIn(page);
  await expect(chooseFiles(page)).toBeFocused();
}

type DragStep = 'dragEnter' | 'dragOver' | 'drop';

/** A drag from outside of the browser, which is trusted and carries real files. */
export async function drag(
  page: Page,
  files: string[],
  steps: DragStep[],
  { x, y } = { x: 40, y: 200 },
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of steps) {
    const data = { items: [], files, dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}

export const drop = (
  page: Page,
  files: string[],
  where?: { x: number; y: number },
): Promise<void> => drag(page, files, ['dragEnter', 'dragOver', 'drop'], where);

/** Lets 100 kB a second leave the browser, until what it gives is called. */
export async function throttle(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const limit = async (uploadThroughput: number) => {
    const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
    await session.send('Network.emulateNetworkConditions', conditions);
  };
  await limit(100_000);
  return async () => {
    await limit(-1);
    // Conditions of two sessions are added up by some versions only: `setOffline` has one of its own.
    await session.detach();
  };
}

/** A folder with these files; gives its path. */
export async function makeFiles(contents: Record<string, Buffer | string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gett-drop-'));
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

/** Looks at a state as people see it: accessible at every width, and nothing sticks out. */
export async function checkLook(page: Page, state: string): Promise<void> {
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const folder = process.env['SCREENSHOTS'];
    if (folder) {
      await page.screenshot({ path: path.join(folder, `${state}-${width}.png`), fullPage: true });
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations, `${state} at ${width}`).toEqual([]);
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(scrolled, `${state} at ${width}`).toBe(width);
  }
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await forcedColourFlaws(page), `${state} in forced colours`).toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
}
