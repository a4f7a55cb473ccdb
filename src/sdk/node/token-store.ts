import { rm } from 'node:fs/promises';
import { decodeTokens, type TokenStore, type Tokens } from '../gett/tokens.ts';
import { readIfThere, writePrivately } from './private-file.ts';

/**
 * Keeps tokens in a file that only this user can read (mode 0600). Several programs may share it:
 * it is replaced in one step and read anew for each call. Folders are made when something is kept.
 *
 * @throws TypeError, with the way out, when the file holds something else
 * @example
 * const gett = new GettClient({
 *   baseUrl: 'https://files.example.org/1',
 *   tokens: fileTokenStore('.secrets/gett.json'),
 * });
 */
export function fileTokenStore(file: string): TokenStore {
  return {
    async get() {
      const text = await readIfThere(file);
      if (text === undefined) return undefined;
      const tokens = tokensOf(text);
      if (!tokens)
        throw new TypeError(`${file} does not hold tokens: remove it and sign in again.`);
      return tokens;
    },
    set: (tokens) => writePrivately(file, `${JSON.stringify(tokens)}\n`),
    clear: () => rm(file, { force: true }),
  };
}

/** Without the reason, which could quote a token. */
function tokensOf(text: string): Tokens | undefined {
  try {
    return decodeTokens(JSON.parse(text), 'tokens');
  } catch {
    return undefined;
  }
}
