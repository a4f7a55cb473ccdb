import type { Page } from '@playwright/test';

/** Chooses an entry of the menu of a share's row; a name inside of another is chosen after it. */
export async function fromMenu(page: Page, share: string, ...entries: string[]): Promise<void> {
  await page.getByRole('button', { name: `More for ${share}` }).click();
  for (const name of entries) await page.getByRole('menuitem', { name, exact: true }).click();
}
