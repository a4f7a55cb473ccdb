import { readFile } from 'node:fs/promises';

/**
 * A message catalogue without what only translators read: descriptions and white space.
 * @param {string} file
 */
export async function shortCatalogue(file) {
  /** @type {Record<string, { message: string, placeholders?: unknown, description?: string }>} */
  const messages = JSON.parse(await readFile(file, 'utf8'));
  return JSON.stringify(messages, (key, value) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );
}
