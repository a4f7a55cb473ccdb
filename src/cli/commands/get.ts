import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NotFoundError, type ShareFile } from '../../sdk/index.ts';
import { saveFile } from '../../sdk/node/download.ts';
import { createBar } from '../bar.ts';
import { CommandError, UsageError } from '../errors.ts';
import { freeName, safeName } from '../names.ts';
import { clean, print, printJson, say } from '../output.ts';
import type { Reference } from '../reference.ts';
import type { Service } from '../service.ts';

export interface GetOptions {
  output?: string | undefined;
  force?: boolean | undefined;
  json?: boolean | undefined;
}

/** Fetches one file, or all of a share. What was cut off goes on when it is called again. */
export async function get(
  { gett }: Service,
  { sharename, fileid }: Reference,
  wanted: string | undefined,
  options: GetOptions,
  signal: AbortSignal,
): Promise<void> {
  const share = await gett.shares.get(sharename, { signal });
  if (share.state === 'removed') throw new CommandError(`${share.url} has been removed.`);
  const files = choose(share.files, wanted ?? fileid, share.url);
  const { output } = options;
  if (output === '-') return toStandardOutput(only(files, '-o -'), signal);

  const folder = output === undefined ? '.' : (await isFolder(output)) ? output : undefined;
  if (folder === undefined && output !== undefined) {
    return save(only(files, `-o ${output}`), output, options, signal);
  }
  const names = new Map<string, ShareFile>();
  for (const file of files) names.set(freeName(safeName(file.filename), names), file);
  for (const [name, file] of names)
    await save(file, path.join(folder ?? '.', name), options, signal);
}

/** By id or else by name; the newest of equal names. Oldest first, as they were added. */
function choose(
  files: readonly ShareFile[],
  wanted: string | undefined,
  link: string,
): readonly ShareFile[] {
  if (wanted === undefined) {
    if (files.length === 0) throw new CommandError(`There are no files at ${link} yet.`);
    return files.toReversed();
  }
  const found =
    files.find(({ fileid }) => fileid === wanted) ??
    files.find(({ filename }) => filename === wanted);
  if (found) return [found];
  const names = files.map(({ filename }) => clean(filename)).join(', ');
  throw new CommandError(
    `There is no file "${clean(wanted)}" at ${link}; it has: ${names || 'none'}.`,
  );
}

function only(files: readonly ShareFile[], option: string): ShareFile {
  const [file, other] = files;
  if (file && !other) return file;
  throw new UsageError(
    `The share has ${files.length} files: name one of them, or leave ${option} out.`,
  );
}

async function toStandardOutput(file: ShareFile, signal: AbortSignal): Promise<void> {
  const { body } = await file.contents({ signal });
  if (body) await pipeline(body, process.stdout, { end: false });
}

async function save(
  file: ShareFile,
  target: string,
  { force = false, json = false }: GetOptions,
  signal: AbortSignal,
): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (there?.isDirectory()) throw new CommandError(`${target} is a folder; choose a name with -o.`);
  if (there && !force) {
    if (there.size !== file.size) {
      throw new CommandError(
        `${target} is there already and differs in size. Choose another name with -o, or --force to replace it.`,
      );
    }
    if (!json) say(`${target} is there already with the same size; --force fetches it again.`);
  } else await fetchTo(file, target, signal);
  const { fileid, filename, size } = file;
  if (json) printJson({ sharename: file.sharename, fileid, filename, path: target, size });
  else print(target);
}

async function fetchTo(file: ShareFile, target: string, signal: AbortSignal): Promise<void> {
  const bar = createBar();
  const begun = performance.now();
  let first: number | undefined;
  try {
    await saveFile(file, target, {
      signal,
      onProgress({ received, total }) {
        first ??= received;
        const speed = ((received - first) * 1000) / Math.max(1000, performance.now() - begun);
        const left = total === undefined ? undefined : ((total - received) / speed) * 1000;
        bar.show({ label: clean(file.filename), sent: received, total, speed, timeLeft: left });
      },
    });
  } catch (error) {
    bar.end();
    if (signal.aborted) say('Stopped. Run the same command again to go on.');
    if (!(error instanceof NotFoundError)) throw error;
    throw new CommandError(
      `${clean(file.filename)} has no bytes yet, and whoever shares it is not connected. Try again later.`,
    );
  } finally {
    bar.end();
  }
}

async function isFolder(place: string): Promise<boolean> {
  return (await stat(place).catch(() => undefined))?.isDirectory() ?? false;
}
