import { isGettError, type QueueItem, type Share, type UploadQueue } from '../../sdk/index.ts';
import type { Bar } from '../bar.ts';
import { CommandError, describe } from '../errors.ts';
import { bytes, print, printJson, say } from '../output.ts';

/** Tells people, or programs, how far it is. */
export class Reporter {
  readonly #queue: UploadQueue;
  readonly #bar: Bar;
  readonly #json: boolean;
  readonly #told = new Set<QueueItem>();
  readonly #begun = performance.now();
  #announced = false;

  constructor(queue: UploadQueue, bar: Bar, json: boolean) {
    this.#queue = queue;
    this.#bar = bar;
    this.#json = json;
    queue.on('change', ({ item }) => this.#changed(item));
  }

  announced(share: Share, items: readonly QueueItem[], resumed: boolean): void {
    const { sharename, url: link, title } = share;
    this.#bar.clear();
    this.#announced = true;
    if (!this.#json) return print(link);
    const files = items.map(({ file, size }) => ({
      fileid: file.fileid,
      filename: file.filename,
      link: file.url,
      ...(size !== undefined && { size }),
    }));
    const named = title === undefined ? {} : { title };
    printJson({ event: 'announced', link, sharename, ...named, resumed, files });
  }

  /** @throws CommandError when a file was not stored */
  end(server: string): void {
    const { items } = this.#queue;
    const failures = items.filter(({ state }) => state.type !== 'sent');
    for (const { file, state } of failures) {
      const name = file.filename;
      if (state.type === 'failed') say(`${name}: ${describe(state.error, server)}`);
      else say(`${name}: was removed while it was being sent.`);
    }
    if (failures.length > 0) {
      throw new CommandError(
        `${failures.length} of ${items.length} files ${failures.length === 1 ? 'is' : 'are'} not stored; run the same command again to go on.`,
      );
    }
    if (!process.stderr.isTTY || items.length === 0) return;
    const size = items.reduce((sum, item) => sum + (item.size ?? item.sent), 0);
    const seconds = Math.max(1, Math.round((performance.now() - this.#begun) / 1000));
    const files = items.length === 1 ? '1 file' : `${items.length} files`;
    say(`${files}, ${bytes(size)}, stored in ${seconds} s.`);
  }

  #changed(item: QueueItem): void {
    const { files, done, ...progress } = this.#queue.progress;
    const [only] = this.#queue.items;
    const label = files === 1 && only ? only.file.filename : `${done} of ${files} files`;
    if (this.#announced) this.#bar.show({ label, ...progress });
    if (!this.#json || this.#told.has(item)) return;
    const { state, file } = item;
    if (state.type !== 'sent' && state.type !== 'failed' && state.type !== 'skipped') return;
    this.#told.add(item);
    const { sharename, fileid, filename, url: link } = file;
    const which = { sharename, fileid, filename, link };
    if (state.type === 'sent')
      printJson({ event: 'stored', ...which, size: item.size ?? item.sent });
    else printJson({ event: 'failed', ...which, error: errorOf(state) });
  }
}

function errorOf(state: QueueItem['state']): { code: string; message: string } {
  if (state.type !== 'failed') return { code: 'removed', message: 'It was removed meanwhile.' };
  const { error } = state;
  const message = error instanceof Error ? error.message : String(error);
  return { code: isGettError(error) ? error.code : 'failed', message };
}
