import type { Share, ShareFile } from '../../sdk/index.ts';
import { UsageError } from '../errors.ts';
import { day, print, printJson, printTable, say, size } from '../output.ts';
import { parseReference, type Reference } from '../reference.ts';
import type { Service } from '../service.ts';

const sizeOf = (files: readonly ShareFile[]) => files.reduce((sum, { size = 0 }) => sum + size, 0);

const fileJson = (file: ShareFile) => ({
  fileid: file.fileid,
  filename: file.filename,
  link: file.url,
  state: file.state,
  downloads: file.downloads,
  created: file.created.toISOString(),
  ...(file.size !== undefined && { size: file.size }),
});

const shareJson = (share: Share) => ({
  sharename: share.sharename,
  link: share.url,
  created: share.created.toISOString(),
  ...(share.title !== undefined && { title: share.title }),
  files: share.files.map(fileJson),
});

/** The shares of the user, newest first. */
export async function listShares(
  { gett }: Service,
  { json = false, limit = Number.POSITIVE_INFINITY }: { json?: boolean; limit?: number },
  signal: AbortSignal,
): Promise<void> {
  const shares: Share[] = [];
  for await (const share of gett.shares.list({ signal, pageSize: Math.min(limit, 100) })) {
    if (shares.push(share) >= limit) break;
  }
  if (json) return printJson(shares.map(shareJson));
  if (shares.length === 0 && process.stdout.isTTY) {
    return say('You have not shared anything yet: gett up FILE gives you a link.');
  }
  printTable(
    ['LINK', 'CREATED', 'FILES', 'SIZE', 'DOWNLOADS', 'TITLE'],
    shares.map(({ url, created, files, title = '' }) => [
      url,
      day(created),
      String(files.length),
      size(sizeOf(files)),
      String(files.reduce((sum, { downloads }) => sum + downloads, 0)),
      title || files.map(({ filename }) => filename).join(', '),
    ]),
  );
}

/** The files of one share. */
export async function listFiles(
  { gett }: Service,
  { sharename }: Reference,
  { json = false }: { json?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const share = await gett.shares.get(sharename, { signal });
  if (json) return printJson(shareJson(share));
  printTable(
    ['LINK', 'CREATED', 'STATE', 'SIZE', 'DOWNLOADS', 'NAME'],
    share.files.map((file) => [
      file.url,
      day(file.created),
      file.state,
      file.size === undefined ? '-' : size(file.size),
      String(file.downloads),
      file.filename,
    ]),
  );
}

/** Removes a share with all its files, or one file. */
export async function remove(
  { gett }: Service,
  { sharename, fileid }: Reference,
  signal: AbortSignal,
): Promise<void> {
  const target =
    fileid === undefined
      ? await gett.shares.get(sharename, { signal })
      : await gett.files.get(sharename, fileid, { signal });
  await target.destroy({ signal });
  if (process.stderr.isTTY) say(`Removed ${target.url}`);
}

/** Shows, changes or removes a title. */
export async function title(
  { gett }: Service,
  word: string,
  wanted: string | null | undefined,
  { json = false }: { json?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const { sharename, fileid } = parseReference(word);
  if (fileid !== undefined) {
    throw new UsageError(`${word} is the link of a file; a title belongs to a share: ${sharename}`);
  }
  const share = await gett.shares.get(sharename, { signal });
  if (wanted !== undefined) await share.update({ title: wanted, signal });
  if (json) return printJson(shareJson(share));
  if (wanted === undefined) print(share.title ?? '');
}
