/** The catalogues of texts as browsers need them. */
import { readFile } from 'node:fs/promises';

/** What Firefox would take for something else: `$1$` for a placeholder, `$12` for the twelfth. */
const AMBIGUOUS = /\$\d(?:[\w@]*\$|\d)/;

/**
 * Without what helps translators alone, and without white space: a sixth less to download.
 * @param {string} file
 */
export async function compactMessages(file) {
  /** @type {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} */
  const messages = JSON.parse(await readFile(file, 'utf8'));
  const compact = Object.entries(messages).map(([key, { message, placeholders = {} }]) => {
    const short = message.replaceAll(
      /\$(\w+)\$/g,
      (all, name) => placeholders[name.toLowerCase()]?.content ?? all,
    );
    if (!AMBIGUOUS.test(short)) return [key, { message: short }];
    const places = Object.entries(placeholders).map(([name, { content }]) => [name, { content }]);
    return [key, { message, placeholders: Object.fromEntries(places) }];
  });
  return JSON.stringify(Object.fromEntries(compact));
}
