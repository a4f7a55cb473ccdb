import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NetworkError, NotFoundError, type ShareFile, speedometer } from '../../sdk/index.ts';
import { saveFile } from '../../sdk/node/download.ts';
import { createBar } from '../bar.ts';
import { CommandError, UsageError } from '../errors.ts';
import { freeName, safeName } from '../names.ts';
import { print, printJson, say } from '../output.ts';
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

  const folder = output === undefined ? '.' : (await meansFolder(output)) ? output : undefined;
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
  const names = files.map(({ filename }) => filename).join(', ');
  throw new CommandError(`There is no file "${wanted}" at ${link}; it has: ${names || 'none'}.`);
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
  const label = file.filename;
  const rate = speedometer();
  let before: number | undefined;
  let now: { received: number; total: number | undefined } | undefined;
  const draw = (bytes = 0) => {
    const speed = rate(bytes);
    if (!now) return;
    const { received: sent, total } = now;
    const left = total === undefined ? undefined : ((total - sent) / speed) * 1000;
    bar.show({ label, sent, total, speed, timeLeft: left });
  };
  // Also when nothing arrives: whoever waits for an upload that has stopped sees the speed fall.
  const clock = setInterval(draw, 1000);
  try {
    await saveFile(file, target, {
      signal,
      onProgress(progress) {
        now = progress;
        draw(progress.received - (before ?? progress.received));
        before = progress.received;
      },
    });
  } catch (error) {
    bar.end();
    if (signal.aborted) say('Stopped. Run the same command again to go on.');
    if (error instanceof NotFoundError) {
      throw new CommandError(
        `${label} has no bytes yet, and whoever shares it is not connected. Try again later.`,
      );
    }
    if (error instanceof NetworkError && file.state !== 'uploaded') {
      throw new CommandError(
        `${label} is not stored whole yet, and no more of it arrived. Run the same command again to go on.`,
      );
    }
    throw error;
  } finally {
    clearInterval(clock);
    bar.end();
  }
}

/** One that is there, or is written as one. */
async function meansFolder(place: string): Promise<boolean> {
  if (place.endsWith('/') || place.endsWith(path.sep)) return true;
  return (await stat(place).catch(() => undefined))?.isDirectory() ?? false;
}
