import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at } from '../../scripts/lib/project.mjs';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: at(),
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);

const read = (file: string) => readFileSync(at(file), 'utf8');
const code = (folder: string) =>
  tracked.filter((file) => file.startsWith(`${folder}/`) && /\.(tsx?|mjs)$/.test(file));
const lines = (file: string) => read(file).split('\n').length;

describe('the house rules', () => {
  it('keep every source file under 300 lines', () => {
    const files = ['src', 'entrypoints', 'scripts'].flatMap(code);
    expect(files.filter((file) => lines(file) > 300)).toEqual([]);
  });

  it('keep entry points to wiring, under 60 lines', () => {
    expect(code('entrypoints').filter((file) => lines(file) > 60)).toEqual([]);
  });

  it('let only the platform folder of the extension talk to the browser', () => {
    const files = code('src/extension').filter((file) => !file.includes('/platform/'));
    expect(
      files.filter((file) => /\b(browser|chrome)\.[a-z]\w*\.?/.test(withoutComments(file))),
    ).toEqual([]);
  });

  it('let one module import ky', () => {
    const files = ['src', 'entrypoints'].flatMap(code);
    expect(files.filter((file) => /from 'ky'/.test(read(file))).length).toBeLessThanOrEqual(1);
  });

  it('explain every dependency', () => {
    const manifest: { dependencies: object; devDependencies: object } = JSON.parse(
      read('package.json'),
    );
    const text = read('docs/dependencies.md');
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const types = (name: string) => name.startsWith('@types/');
    expect(names.filter((name) => !types(name) && !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('keep addresses of registries out of the lock file', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved":|https?:\/\/[^"]*\.tgz/);
  });
});

function withoutComments(file: string): string {
  return read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
