import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/lib/builds.mjs';
import { at } from '../../scripts/lib/project.mjs';

interface Manifest {
  permissions: string[];
  optional_permissions: string[];
  optional_host_permissions: string[];
  host_permissions?: string[];
  content_scripts?: object[];
}

/** The first column of a table under a heading, for one browser. */
function listed(text: string, heading: string, browser: 'Chromium' | 'Firefox'): string[] {
  const [, section = ''] = text.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([^`]+)` \| (\w+) \| (.{20,}?) \|/gm)]
    .filter(([, , where]) => where === 'both' || where === browser)
    .map(([, name = '']) => name);
}

beforeAll(() => ensureBuilt('extension', 'extension-firefox'), 180_000);

describe.each([
  ['Chromium', 'chrome-mv3'],
  ['Firefox', 'firefox-mv3'],
] as const)('the extension for %s', (browser, folder) => {
  let manifest: Manifest;
  let text: string;
  beforeAll(async () => {
    manifest = JSON.parse(await readFile(at('.output', folder, 'manifest.json'), 'utf8'));
    text = await readFile(at('docs/permissions.md'), 'utf8');
  });

  it('asks at installation for what is explained, and for nothing else', () => {
    expect(manifest.permissions.toSorted()).toEqual(
      listed(text, 'At installation', browser).toSorted(),
    );
  });

  it('asks later for what is explained, and for nothing else', () => {
    expect(manifest.optional_permissions.toSorted()).toEqual(
      listed(text, 'When somebody switches something on', browser).toSorted(),
    );
    expect(manifest.optional_host_permissions.toSorted()).toEqual(
      listed(text, 'Hosts, one at a time', browser).toSorted(),
    );
  });

  it('has no access to any page of its own accord', () => {
    expect(manifest.host_permissions ?? []).toEqual([]);
    expect(manifest.content_scripts ?? []).toEqual([]);
  });
});
