/** Licences of what is bundled: minified files have no comments that could say them. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { at } from './project.mjs';

/**
 * Writes THIRD-PARTY.txt with the licence of every package whose code is in some bundles.
 * @param {string} folder
 * @param {import('tsdown').TsdownBundle[]} bundles
 */
export async function writeNotices(folder, bundles) {
  const modules = bundles
    .flatMap(({ chunks }) => chunks)
    .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const names = modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []);
  const notices = [...new Set(names)].sort().map(async (name) => {
    const home = at('node_modules', name);
    const file = (await readdir(home)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} is bundled and has no licence file.`);
    return `${name}\n\n${(await readFile(path.join(home, file), 'utf8')).trim()}\n`;
  });
  await writeFile(path.join(folder, 'THIRD-PARTY.txt'), (await Promise.all(notices)).join('\n\n'));
}
