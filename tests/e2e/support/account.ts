import { expect, type Page } from '@playwright/test';
import type { TestServer } from '../../support/server.ts';

/** The account that every test server has. */
export const USER = { email: 'anna@example.com', password: 'correct horse battery', name: 'Anna' };

/** Somebody else. */
export const BEN = { email: 'ben@example.com', password: 'battery staple horse', name: 'Ben' };

/** Fills in the form of the extension and sends it. */
export async function fillSignIn(
  page: Page,
  server: string,
  { email, password }: { email: string; password: string } = USER,
): Promise<void> {
  await page.getByRole('button', { name: 'Change server' }).click();
  await page.getByLabel('Server address').fill(server);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function signIn(
  page: Page,
  { origin }: { origin: string },
  user = USER,
): Promise<void> {
  await fillSignIn(page, origin, user);
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
}

/** What a visitor gets who downloads the first file behind a link. */
export async function download(server: TestServer, link: string): Promise<Buffer> {
  const sharename = new URL(link).pathname.split('/').at(-1);
  const response = await fetch(`${server.baseUrl}/files/${sharename}/0/blob?download`);
  if (!response.ok) throw new Error(`The download answers ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}
