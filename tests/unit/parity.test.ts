import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';

/** Holds docs/parity.md to the code: what it names exists. */
const rows = readFileSync(at('docs/parity.md'), 'utf8')
  .split('\n')
  .map((line, i) => ({ line, number: i + 1 }))
  .filter(({ line }) => line.startsWith('| ') && !/^\| (source|---) /.test(line))
  .map(({ line, number }) => {
    const [source = '', here = '', proof = ''] = line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { number, source, here, proof };
  });

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

/** What fills a title: `%s`, `$name`, `${…}`, and `…` of the page. */
const FILLED = /%[a-z]|\$\{[^}]*\}|\$[a-z][\w.]*|…/gi;

interface Titled {
  title: string;
  /** Its own source, and what the file has around all tests. */
  body: string;
}

const known = new Map<string, Titled[]>();

/** Tests and suites of a file, and the cases that a shared suite is made of. */
function testsOf(file: string): Titled[] {
  const before = known.get(file);
  if (before) return before;
  const source = parse(file);
  const found: { title: string; whole: ts.Node }[] = [];
  const take = (node: ts.Node | undefined, whole: ts.Node) => {
    if (!node) return;
    if (ts.isStringLiteralLike(node)) found.push({ title: node.text, whole });
    else if (ts.isTemplateExpression(node)) {
      found.push({ title: node.getText(source).slice(1, -1), whole });
    }
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /^(it|test|describe)\b/.test(node.expression.getText(source))
    ) {
      take(node.arguments[0], node);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'name') {
      take(node.initializer, node.parent);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const around = found
    .filter(({ whole }) => !/^describe\b/.test(whole.getText(source)))
    .reduce((text, { whole }) => text.replace(whole.getText(source), ''), source.text);
  const tests = found.map(({ title, whole }) => ({
    title,
    body: whole.getText(source) + around,
  }));
  known.set(file, tests);
  return tests;
}

/** Names of recorded cases are titles too: each is a test of its own. */
function recordingsOf(file: string): Titled[] {
  if (!file.endsWith('smartfile/recordings.test.ts')) return [];
  const folder = at('tests/support/smartfile/recordings');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap(
      (name) => readFileSync(path.join(folder, name), 'utf8').match(/"name": ?"[^"]+"/g) ?? [],
    )
    .map((text) => ({
      title: text.replace(/^"name": ?"|"$/g, ''),
      body: readFileSync(file, 'utf8'),
    }));
}

function testsTitled(title: string, file: string): Titled[] {
  const plain = title.replace(FILLED, '…');
  return [...testsOf(file), ...recordingsOf(file)].filter((test) => {
    const pattern = test.title
      .replaceAll('"', '')
      .split(FILLED)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+');
    // A title that is nothing but what fills it would be that of everything.
    return pattern.replaceAll('.+', '').length > 3 && new RegExp(`^${pattern}$`).test(plain);
  });
}

/** Everything that the SDK declares: functions, classes, members, options. */
const declared = new Set<string>();
const collect = (node: ts.Node): void => {
  if ('name' in node && node.name && typeof node.name === 'object' && 'kind' in node.name) {
    const name: unknown = Reflect.get(node.name, 'text');
    if (typeof name === 'string') declared.add(name);
  }
  ts.forEachChild(node, collect);
};
for (const entry of readdirSync(at('src/sdk'), { recursive: true, encoding: 'utf8' })) {
  if (entry.endsWith('.ts')) collect(parse(at('src/sdk', entry)));
}

/** Names that a code span calls, makes, or gives as options; those of the platform are left out. */
function calledIn(cell: string): string[] {
  const spans = cell.match(/`[^`]+`/g) ?? [];
  return (
    spans
      .flatMap((span) => span.match(/[\w.]+(?=\()|(?<=[{,] )[a-z]\w*(?=[ ,:}])/g) ?? [])
      .map((name) => name.split('.').at(-1) ?? '')
      // Every method of JetStream has a twin that queues; the type makes their names.
      .map((name) => name.replace(/^(\w+)Async$/, '$1'))
      .filter((name) => name !== '' && name !== 'Map' && name !== 'undefined')
  );
}

/** Calls among them, without the objects they are made on. */
const callsIn = (cell: string): string[] =>
  (cell.match(/`[^`]+`/g) ?? [])
    .flatMap((span) => span.match(/[\w.]+(?=\()/g) ?? [])
    .map(
      (name) =>
        name
          .split('.')
          .at(-1)
          ?.replace(/(?<=.)Async$/, '') ?? '',
    )
    .filter((name) => name !== '' && name !== 'Map');

const proofsIn = (cell: string): { file: string; title: string }[] =>
  [...cell.matchAll(/\[[^\]]+\]\(\.\.\/([^)]+)\) "([^"]+)"/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));

describe('the parity page', () => {
  it('has rows for all five clients and none with an empty cell', () => {
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.filter(({ source, here, proof }) => !source || !here || !proof)).toEqual([]);
  });

  it('names only tests that exist, at least one in each row', () => {
    const problems = rows.flatMap(({ number, proof }) => {
      const proofs = proofsIn(proof);
      if (proofs.length === 0) return [`line ${number}: no test is named`];
      return proofs
        .filter(
          ({ file, title }) => !existsSync(at(file)) || testsTitled(title, at(file)).length === 0,
        )
        .map(({ file, title }) => `line ${number}: ${file} has no test "${title}"`);
    });
    expect(problems).toEqual([]);
  });

  it('names only calls and options that the SDK has', () => {
    const problems = rows.flatMap(({ number, here }) =>
      calledIn(here)
        .filter((name) => !declared.has(name))
        .map((name) => `line ${number}: ${name}`),
    );
    expect(problems).toEqual([]);
  });

  it('names tests that make the calls', () => {
    const problems = rows.flatMap(({ number, here, proof }) => {
      const bodies = proofsIn(proof).flatMap(({ file, title }) =>
        testsTitled(title, at(file)).map(({ body }) => body),
      );
      return callsIn(here)
        .filter((name) => !bodies.some((body) => new RegExp(`\\b${name}\\b`).test(body)))
        .map((name) => `line ${number}: ${name}`);
    });
    expect(problems).toEqual([]);
  });

  it('would notice a test that is renamed', () => {
    const file = at('tests/unit/sdk/queue/queue.test.ts');
    expect(testsTitled('keeps files on demand until somebody asks for them', file)).toHaveLength(1);
    expect(testsTitled('keeps files on demand', file)).toEqual([]);
  });
});
