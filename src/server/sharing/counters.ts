import type { Logger } from 'pino';
import type { FileKey, ShareStore } from '../metadata/store.ts';

/** Counts downloads in memory and writes them together: each second, at the end, and before reads. */
export class DownloadCounters {
  #pending = new Map<string, FileKey & { count: number }>();
  #flushing: Promise<void> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly shares: ShareStore,
    private readonly log: Logger,
  ) {
    this.#timer = setInterval(() => void this.flush(), 1000);
    this.#timer.unref();
  }

  add({ shareId, fileid }: FileKey): void {
    const key = `${shareId}/${fileid}`;
    const count = (this.#pending.get(key)?.count ?? 0) + 1;
    this.#pending.set(key, { shareId, fileid, count });
  }

  /** Resolves when everything counted before the call can be read from the store. */
  flush(): Promise<void> {
    if (this.#pending.size > 0) {
      const counts = [...this.#pending.values()];
      this.#pending = new Map();
      this.#flushing = this.#flushing
        .then(() => this.shares.addDownloads(counts))
        .catch((error: unknown) => {
          this.log.error({ err: error, counts }, 'download counters could not be written');
        });
    }
    return this.#flushing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}
