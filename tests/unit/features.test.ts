import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';

/** Holds docs/features.md to the tests that it names. */
const rows = readFileSync(at('docs/features.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (feature|---) /.test(line))
  .map((line) => {
    const [feature = '', ours = ''] = line.slice(2).split(' | ');
    return { feature, ours };
  });

/** A yes, with every test in the same form: none is left unread by what follows. */
const PROOF = String.raw`\[proof\]\(\.\./tests/[^)]+\) "[^"]+"`;
const PROVEN = new RegExp(String.raw`\*\*yes\*\*[^[]*${PROOF}(?:(?:, | and )${PROOF})*`, 'i');

describe('the page of features', () => {
  it('says yes only with a test', () => {
    expect(rows.length).toBeGreaterThan(20);
    const claims = rows.filter(({ ours }) => /\byes\b/i.test(ours));
    expect(claims.filter(({ ours }) => !PROVEN.test(ours))).toEqual([]);
  });

  it('names only tests that exist', () => {
    const problems = rows.flatMap(({ feature, ours }) =>
      [...ours.matchAll(/\]\(\.\.\/([^)]+)\) "([^"]+)"/g)]
        .filter(
          ([, file = '', title = '']) =>
            !existsSync(at(file)) || !isTitleIn(readFileSync(at(file), 'utf8'), title),
        )
        .map(([, file, title]) => `${feature}: ${file} has no test "${title}"`),
    );
    expect(problems).toEqual([]);
  });
});

function isTitleIn(source: string, title: string): boolean {
  return ["'", '`', '"'].some((quote) => source.includes(`${quote}${title}${quote}`));
}
