/** ZIP files that depend on nothing but their contents. */
import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { at } from './project.mjs';

/** What git keeps but nobody needs in order to build. */
const LEFT_OUT = ['docs/images'];

/** Folders that are made, not written; a sources archive has none of them and no git either. */
const MADE = new Set(
  'node_modules .git dist .output .wxt .data .cache test-results playwright-report'.split(' '),
);

/** ZIP keeps local time from 1980 on; every entry has this one. */
const TIME = new Date(1980, 0, 1);

/**
 * Files below a folder, relative to it, in an order that no file system decides.
 * @param {string} folder
 * @param {(name: string) => boolean} [wanted]
 */
async function filesBelow(folder, wanted = () => true) {
  const found = /** @type {string[]} */ ([]);
  /** @param {string} below */
  const visit = async (below) => {
    for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
      const name = path.posix.join(below, entry.name);
      if (!wanted(name)) continue;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) found.push(name);
    }
  };
  await visit('');
  return found.sort();
}

/** The files that the product is built from. */
export const sources = () =>
  filesBelow(
    at(),
    (name) =>
      !MADE.has(name) &&
      !LEFT_OUT.includes(name) &&
      !name.startsWith('.output') &&
      !/\.(tgz|log)$/.test(name),
  );

/**
 * @param {string} file the archive
 * @param {string} folder
 * @param {string[]} [names] files below it; all of them by default
 */
export async function writeZip(file, folder, names) {
  const archive = new yazl.ZipFile();
  for (const name of names ?? (await filesBelow(folder))) {
    const content = await readFile(path.join(folder, name));
    archive.addBuffer(content, name, {
      mtime: TIME,
      // The other form of time depends on the time zone.
      forceDosTimestamp: true,
      mode: 0o100644,
      compressionLevel: 9,
    });
  }
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(file));
}
