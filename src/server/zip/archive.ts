import { finished, PassThrough, pipeline, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { asError } from '../errors.ts';
import { entryNames } from './entry-names.ts';

export interface ArchiveEntry {
  name: string;
  /** Bytes; what `open` gives must have exactly as many. */
  size: number;
  modified: Date;
  open(): Promise<Readable>;
}

export interface Archive {
  /** Fails, rather than end early, when an entry cannot be read. Destroy it when it is not used. */
  stream: Readable;
  /** Bytes. */
  length: number | undefined;
}

const FILE_MODE = 0o100644;
/** Bytes of an entry in the directory at the end of an archive, besides its name, at most. */
const DIRECTORY_RECORD = 46 + 9 + 28;

/**
 * A ZIP archive, made while it is read. Entries are stored as they are: what people share is
 * mostly compressed already, and so the length is known beforehand. Each is opened at its turn.
 */
export function createArchive(entries: readonly ArchiveEntry[]): Archive {
  const zip = new ZipFile();
  const stream = new PassThrough();
  pipeline(zip.outputStream, stream, () => undefined);
  zip.on('error', (error) => stream.destroy(asError(error)));

  let reading: Readable | undefined;
  stream.once('close', () => reading?.destroy());

  const names = entryNames(entries.map(({ name }) => name));
  for (const [i, entry] of entries.entries()) {
    const { size, modified: mtime } = entry;
    const options = { size, mtime, mode: FILE_MODE, compress: false };
    zip.addReadStreamLazy(names[i] ?? '', options, (start) => {
      entry.open().then(
        (source) => {
          reading = source;
          finished(source, (error) => {
            if (error) stream.destroy(error);
          });
          if (stream.destroyed) source.destroy();
          else start(null, source);
        },
        (error: unknown) => stream.destroy(asError(error)),
      );
    });
  }
  return { stream, length: finish(zip, names) };
}

/** Gives the length of the whole. */
function finish(zip: ZipFile, names: readonly string[]): number | undefined {
  const directory = names.reduce(
    (sum, name) => sum + DIRECTORY_RECORD + Buffer.byteLength(name),
    0,
  );
  // From 64 KiB of directory on, yazl counts ZIP64 fields at the end without writing them. Then
  // they are asked for, so that the length is right.
  const forceZip64Format = directory >= 0xffff;
  let length: number | undefined;
  zip.end({ forceZip64Format, comment: '' }, (...sizes: number[]) => {
    length = sizes[0];
  });
  return length;
}
