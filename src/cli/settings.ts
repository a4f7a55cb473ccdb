import { rm } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { type Decoder, object, optional, string } from '../protocol/decoder.ts';
import { readIfThere, writePrivately } from '../sdk/node/private-file.ts';
import { CommandError } from './errors.ts';

/** What the last `gett login` has left. */
export interface Settings {
  server?: string;
  email?: string;
}

const decodeSettings: Decoder<Settings> = object({
  server: optional(string),
  email: optional(string),
});

// https://specifications.freedesktop.org/basedir-spec/latest/ and its like on other systems.
const folders = envPaths('gett', { suffix: '' });
const file = path.join(folders.config, 'config.json');

/** Where uploads that were broken off are remembered. */
export const uploadsFolder: string = path.join(folders.data, 'uploads');

export async function readSettings(): Promise<Settings> {
  const text = await readIfThere(file);
  if (text === undefined) return {};
  try {
    return decodeSettings(JSON.parse(text), 'settings');
  } catch {
    throw new CommandError(`${file} cannot be read: remove it, then run gett login.`);
  }
}

export async function writeSettings(settings: Settings): Promise<void> {
  await writePrivately(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/** One file of tokens for each service. */
export function tokensFile(baseUrl: string): string {
  return path.join(folders.config, 'tokens', `${encodeURIComponent(baseUrl)}.json`);
}

/** Forgets which service was the last one, if it was this. */
export async function forgetServer(baseUrl: string): Promise<void> {
  if ((await readSettings()).server === baseUrl) await rm(file, { force: true });
}
