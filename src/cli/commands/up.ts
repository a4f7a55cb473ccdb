import { readToken } from '../../protocol/token.ts';
import { isGettError, type QueueItem, type Share, UploadQueue } from '../../sdk/index.ts';
import { createBar } from '../bar.ts';
import { Interrupted } from '../errors.ts';
import { say } from '../output.ts';
import type { Service } from '../service.ts';
import { uploadsFolder } from '../settings.ts';
import { liveInBackground } from '../up/live.ts';
import { Records, readRecord, recordFile, sweepRecords, type UploadRecord } from '../up/records.ts';
import { Reporter } from '../up/reporter.ts';
import { type Source, sourcesOf } from '../up/sources.ts';

export interface UpOptions {
  title?: string | undefined;
  each?: boolean | undefined;
  json?: boolean | undefined;
  name: string;
}

/** What becomes one share. */
interface Group {
  sources: Source[];
  file: string | undefined;
  /** Of an earlier run of the same command that was broken off. */
  record: UploadRecord | undefined;
}

/** Sends files. Every link is put out before the first byte is sent. */
export async function up(
  words: readonly string[],
  options: UpOptions,
  { gett, baseUrl }: Service,
  signal: AbortSignal,
): Promise<void> {
  const sources = await sourcesOf(words, options.name);
  const account = readToken(await gett.accessToken({ signal }))?.userid ?? '';
  const what = { baseUrl, account, title: options.title, words };
  const parts = options.each ? sources.map((source) => [source]) : [sources];
  const groups = await Promise.all(
    parts.map(async (part, place): Promise<Group> => {
      const file = recordFile(uploadsFolder, { ...what, place }, part);
      return { sources: part, file, record: file ? await readRecord(file) : undefined };
    }),
  );

  const live = liveInBackground(gett, groups.find(({ record }) => record)?.record?.session);
  const records = new Records();
  const queue = new UploadQueue(gett, { live, store: records });
  const bar = createBar();
  const reporter = new Reporter(queue, bar, options.json ?? false);
  const stop = () => queue.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (const group of groups) {
      const share =
        (await resumed(group)) ?? (await gett.shares.create(shareOptions(options, signal)));
      signal.throwIfAborted();
      if (group.record) {
        const { record, sources, file } = group;
        if (file) records.open(file, record);
        reporter.announced(share, await restore(record, sources), true);
      } else {
        const record = {
          sharename: share.sharename,
          session: live.session,
          order: [],
          uploads: [],
        };
        if (group.file) records.open(group.file, record);
        const contents = group.sources.map(({ content }) => content);
        const items = await queue.add(share, contents, { signal });
        reporter.announced(share, items, false);
      }
    }
    await queue.idle();
    if (queue.items.every(({ state }) => state.type === 'sent')) await records.remove();
  } finally {
    signal.removeEventListener('abort', stop);
    queue.close();
    live.close();
    bar.end();
    await records.flush();
    await sweepRecords(uploadsFolder, Date.now());
  }
  if (signal.aborted) {
    const again = groups.some(({ file }) => file) ? ' Run the same command again to go on.' : '';
    say(`Stopped. The link stays.${again}`);
    throw new Interrupted();
  }
  reporter.end(baseUrl);

  /** The share that is there already, unless it or what it had whole has been removed. */
  async function resumed(group: Group): Promise<Share | undefined> {
    if (!group.record) return undefined;
    const share = await gett.shares
      .get(group.record.sharename, { signal })
      .catch((error: unknown) => {
        if (isGettError(error) && error.code === 'not-found') return undefined;
        throw error;
      });
    const { order, uploads } = group.record;
    const there = new Set(share?.files.map(({ fileid }) => fileid));
    const gone = uploads.length === 0 && !order.every((fileid) => there.has(fileid));
    if (share?.state === 'removed' || !share || gone) group.record = undefined;
    return group.record && share;
  }

  async function restore(record: UploadRecord, sources: readonly Source[]): Promise<QueueItem[]> {
    return queue.restore(async ({ sharename, fileid }) => {
      if (sharename !== record.sharename) return undefined;
      const content = sources[record.order.indexOf(fileid)]?.content;
      return content && 'content' in content ? content.content : content;
    });
  }
}

function shareOptions({ title }: UpOptions, signal: AbortSignal) {
  return { signal, ...(title !== undefined && { title }) };
}
