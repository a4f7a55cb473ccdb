import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} parts */
export const at = (...parts) => path.join(root, ...parts);

/** @returns {Promise<{ version: string, license: string, engines: { node: string }, dependencies: Record<string, string> }>} */
export const manifest = async () => JSON.parse(await readFile(at('package.json'), 'utf8'));

/**
 * The newest change below some files and folders, in milliseconds; 0 for what is not there.
 * @param {string[]} places
 * @returns {Promise<number>}
 */
export async function newest(...places) {
  let latest = 0;
  for (const place of places) {
    const info = await stat(place).catch(() => undefined);
    if (!info) continue;
    latest = Math.max(latest, info.mtimeMs);
    if (!info.isDirectory()) continue;
    const children = await readdir(place);
    latest = Math.max(latest, await newest(...children.map((name) => path.join(place, name))));
  }
  return latest;
}
