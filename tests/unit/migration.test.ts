import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';

const read = (file: string) => readFileSync(at(file), 'utf8');

it('who comes from pygett finds every method, field and option of it in the guide', () => {
  const section = /^### Ge\.tt: pygett$[\s\S]*?(?=^### )/m.exec(read('docs/parity.md'))?.[0] ?? '';
  const sources = section.split('\n').flatMap((line) => /^\| (`[^|]+) \|/.exec(line)?.[1] ?? []);
  const code = sources.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text));
  const names = new Set(code.flatMap((text) => text?.match(/[a-z_]{3,}/gi) ?? []));
  expect(names.size).toBeGreaterThan(40);
  const table = /## Method by method[\s\S]*?\n## /.exec(read('docs/guides/pygett.md'))?.[0] ?? '';
  expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(table))).toEqual([]);
});
