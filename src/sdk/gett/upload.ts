import { firstOf } from '../http/abort.ts';
import type { StreamSource, UploadOptions, UploadProgress, UploadSource } from '../upload/types.ts';
import type { ShareFile } from './file.ts';
import type { AnnounceOptions, Share } from './share.ts';
import type { Shares } from './shares.ts';

/** Files that are sent at the same time. */
const PARALLEL = 3;

/** Something to send that has a name. */
export type NamedSource =
  | File
  | (StreamSource & { name: string })
  | { name: string; content: UploadSource };

/** Options of `GettClient.upload`. */
export interface ShareUploadOptions extends Omit<UploadOptions, 'onProgress' | 'name'> {
  title?: string;
  /** Progress of one of the files. */
  onProgress?: (progress: UploadProgress & { file: ShareFile }) => void;
}

/** A share that is being filled. */
export interface ShareUpload {
  /** The share, as soon as it and all its files are announced. */
  readonly share: Promise<Share>;
  /** Its link. Works at once; the bytes follow. */
  readonly link: Promise<string>;
  /** Resolves when every file is stored; rejects with the first failure, which ends the others. */
  readonly done: Promise<Share>;
}

/** Announces files and gives each with its content. */
export async function announceFiles(
  share: Share,
  files: readonly NamedSource[],
  options: AnnounceOptions,
): Promise<{ file: ShareFile; content: UploadSource }[]> {
  const contents = files.map((file) => ('content' in file ? file.content : file));
  const announced = await share.createFiles(
    files.map(({ name: filename }, i) => ({ filename, size: sizeOf(contents[i]) })),
    options,
  );
  return contents.flatMap((content, i) => {
    const file = announced[i];
    return file ? { file, content } : [];
  });
}

/** Bytes; `undefined` for a bare stream. */
export function sizeOf(source: UploadSource | undefined): number | undefined {
  return source && 'size' in source ? source.size : undefined;
}

/** Makes one share of some files: all are announced before the first byte is sent. */
export function uploadShare(
  shares: Shares,
  files: readonly NamedSource[],
  { title, onProgress, ...options }: ShareUploadOptions,
): ShareUpload {
  const failed = new AbortController();
  const signal = firstOf(options.signal, failed.signal);

  const announce = async () => {
    const share = await shares.create({ title, signal });
    return { share, announced: await announceFiles(share, files, { signal }) };
  };

  const announcement = announce();
  const send = async () => {
    const { share, announced } = await announcement;
    const waiting = announced.values();
    const worker = async () => {
      for (const { file, content } of waiting) {
        await file.send(content, {
          ...options,
          signal,
          onProgress: (progress) => onProgress?.({ ...progress, file }),
        });
      }
    };
    try {
      await Promise.all(Array.from({ length: PARALLEL }, worker));
    } catch (error) {
      failed.abort(error);
      throw error;
    }
    return share.refresh({ signal });
  };

  const share = announcement.then((made) => made.share);
  const link = share.then(({ url }) => url);
  const done = send();
  // Each of the three may be left alone; a failure reaches whoever waits for one of them.
  for (const promise of [share, link, done]) promise.catch(() => undefined);
  return { share, link, done };
}
