/** What a script needs to know about the built extension in Chromium. */
import { createHash } from 'node:crypto';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { at } from './project.mjs';

export const EXTENSION = at('.output/chrome-mv3');

/**
 * An unpacked extension's id is made from its absolute path: the first 128 bits of the SHA-256,
 * written with the letters a to p.
 * https://source.chromium.org/chromium/chromium/src/+/main:components/crx_file/id_util.cc
 * @param {string} folder
 */
export async function extensionId(folder) {
  const digest = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

/**
 * Prepares a new profile in which the extension already holds some host permissions, and
 * may copy links by itself, as if the person had said yes to the browser's questions.
 * @param {string} profile
 * @param {string} id
 * @param {string[]} hosts match patterns, for example `http://127.0.0.1/*`
 */
export async function seedProfile(profile, id, hosts) {
  const api = ['clipboardWrite'];
  const granted = { api, explicit_host: hosts, manifest_permissions: [], scriptable_host: [] };
  const settings = { [id]: { active_permissions: granted, runtime_granted_permissions: granted } };
  const preferences = { extensions: { ui: { developer_mode: true }, settings } };
  await mkdir(path.join(profile, 'Default'), { recursive: true });
  await writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}
