import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { at } from '../../../../scripts/lib/project.mjs';

const guide = readFileSync(at('docs/guides/drop.md'), 'utf8');
const source = readdirSync(at('src/sdk/drop'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(at(`src/sdk/drop/${name}`), 'utf8'))
  .join('\n');

const all = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();

it('the guide of <gett-drop> names every property, part, attribute and event there is, and no other', () => {
  const properties = all(source, /var\((--gett-[a-z-]+)/g);
  expect(all(guide, /`(--gett-[a-z-]+)`/g)).toEqual(properties);

  const parts = all(source, /\bpart: '([a-z-]+)'/g);
  const named = /^Parts for[\s\S]*?\n\n/m.exec(guide)?.[0] ?? '';
  expect(all(named, /`([a-z-]+)`/g)).toEqual(parts);

  const events = all(source, /^ {2}'(gett-[a-z-]+)': \{/gm);
  expect(all(guide, /^\| `(gett-[a-z-]+)` \|/gm)).toEqual(events);

  const attributes = all(source, /[gh]e?[ta]s?Attribute\('([a-z-]+)'/g);
  const table = /## Attributes[\s\S]*?## Events/.exec(guide)?.[0] ?? '';
  expect(attributes.filter((name) => !table.includes(`\`${name}`))).toEqual([]);
  expect(attributes.length).toBeGreaterThan(5);
});
