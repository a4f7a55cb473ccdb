import type { Page } from '@playwright/test';

/** Opens the menu of a share's row. */
export const openMenu = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menu').waitFor();
};

export const searchFor = (text: string) => async (page: Page) => {
  await page.getByRole('button', { name: 'Search your shares' }).click();
  const field = page.getByRole('searchbox');
  await field.fill(text);
  await page.locator('.search-state, li').first().waitFor();
  // The answer comes after a pause in typing.
  await page.waitForFunction(() => document.querySelectorAll('.recent').length < 2);
};

/** Back to letters of the usual size. */
export async function singleText(page: Page): Promise<void> {
  await page.evaluate(() => void document.adoptedStyleSheets.pop());
}

/** As in a language that is written from right to left. */
export async function mirror(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
}

/** The text size that WCAG 2.2, criterion 1.4.4, asks for. */
export async function doubleText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { font-size: 200% !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
}

/** The form for further accounts scrolls itself into view. */
export const toTheTop = (page: Page) => page.evaluate(() => scrollTo(0, 0));
