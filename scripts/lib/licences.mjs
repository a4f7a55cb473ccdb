import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { at } from './project.mjs';

/** What ends up in the extension; the server's libraries do not. */
const SOURCES = ['src/extension', 'src/sdk', 'src/protocol', 'entrypoints'];

/**
 * Works of others that the extension is built from, with the texts of their licences, which have to
 * go along with every copy.
 *
 * @returns {Promise<{ name: string, version: string, licence: string, text: string }[]>}
 */
export async function licences() {
  /** @type {Map<string, { name: string, version: string, licence: string, text: string }>} */
  const found = new Map();
  /** @param {string} name */
  async function add(name) {
    if (found.has(name)) return;
    const folder = at('node_modules', name);
    const {
      version,
      license,
      dependencies = {},
    } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    const text = file ? await readFile(path.join(folder, file), 'utf8') : '';
    found.set(name, { name, version, licence: license, text: text.trim() });
    for (const dependency of Object.keys(dependencies)) await add(dependency);
  }
  for (const name of await imported()) await add(name);
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Packages that the sources import, leaving out those that only Node is given. */
async function imported() {
  const { dependencies } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  const names = new Set();
  for (const home of SOURCES) {
    for (const file of await readdir(at(home), { recursive: true })) {
      if (!/\.tsx?$/.test(file) || /(^|\/)node(\.ts|\/)/.test(file)) continue;
      const text = await readFile(at(home, file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(
        /^(?:import|export|} from)[^'\n]*'([^.'][^']*)'/gm,
      )) {
        const name = specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
        if (name in dependencies) names.add(name);
      }
    }
  }
  return names;
}
