import type { GettClient } from '../gett/client.ts';
import type { ShareFile } from '../gett/file.ts';
import type { Share } from '../gett/share.ts';
import { announceFiles, type NamedSource } from '../gett/upload.ts';
import { NotFoundError } from '../http/answer-errors.ts';
import { SourceChangedError } from '../http/call-errors.ts';
import { systemClock } from '../http/clock.ts';
import { isGettError } from '../http/gett-error.ts';
import { Events } from '../live/events.ts';
import type { UploadSource } from '../upload/types.ts';
import { type Entry, entryOf, goesBefore, isOver, keyOf, type QueueItem, stored } from './item.ts';
import type { AddOptions, QueueEvent, QueueOptions } from './options.ts';
import { progressOf, type QueueProgress, type Speed, speedometer } from './progress.ts';
import { decodeStoredUpload } from './store.ts';

/** `storagelimit` too: there may be room by now, and if not the refusal says so again. */
const SENDABLE = ['remote', 'uploading', 'storagelimit'];

/**
 * Sends many files in good order. All links are there before the first byte is sent, and a file that
 * somebody waits for goes ahead of all others.
 *
 * @example
 * const live = await gett.live.connect();
 * const queue = new UploadQueue(gett, { live });
 * const items = await queue.add(await gett.shares.create(), files);
 * queue.on('change', () => draw(queue.progress));
 * await queue.idle();
 */
export class UploadQueue extends Events<QueueEvent> {
  readonly #gett: Pick<GettClient, 'files'>;
  readonly #options: QueueOptions;
  readonly #speed: Speed;
  readonly #entries = new Map<string, Entry>();
  readonly #leave: (() => void)[] = [];
  #position = 0;
  #paused = false;

  constructor(gett: Pick<GettClient, 'files'>, options: QueueOptions = {}) {
    super();
    const { live, clock = systemClock, upload } = options;
    this.#gett = gett;
    this.#options = { ...options, upload: { clock, ...upload } };
    this.#speed = speedometer(clock);
    if (!live) return;
    this.#leave = [
      live.on('download', (file) => this.#demand(this.#entries.get(keyOf(file)))),
      live.on('violatedterms', (file) => {
        const entry = this.#entries.get(keyOf(file));
        if (entry) this.#stop('skipped', entry);
      }),
      live.on('connected', () => {
        for (const entry of this.items) {
          const { state } = entry;
          if (state.type !== 'failed' || !isGettError(state.error)) continue;
          if (state.error.retryable) this.resume(entry);
        }
      }),
    ];
  }

  /** In the order they were added. */
  get items(): readonly QueueItem[] {
    return [...this.#entries.values()];
  }

  /** All files together, as it is now. */
  get progress(): QueueProgress {
    return progressOf(this.#entries.values(), this.#speed(0));
  }

  /**
   * Announces files, and sends them when their turn comes. Resolves when all are announced: from
   * then on their links work.
   */
  async add(
    share: Share,
    files: readonly NamedSource[],
    { priority = 0, onDemand = false, signal }: AddOptions = {},
  ): Promise<QueueItem[]> {
    const { live, store } = this.#options;
    if (onDemand && !live) throw new TypeError('onDemand needs a Live connection.');
    const announced = await announceFiles(share, files, { session: live?.session, signal });
    const entries = announced.map(({ file, content }) =>
      entryOf(file, content, { priority, onDemand, position: this.#position++ }),
    );
    if (store) {
      await Promise.all(entries.map((entry) => store.set(keyOf(entry.file), stored(entry))));
    }
    return this.#enter(entries);
  }

  /**
   * Goes on with what an earlier queue has left in the store; large files from where they were.
   * Rejects when an entry cannot be read, but not before all others go on: `items` has them, and
   * the store keeps the one that is damaged.
   *
   * @param sourceOf gives the content of a file, the very same as before: no more than its size can
   * be compared. With `undefined` the file stays in the store only
   */
  async restore(
    sourceOf: (file: ShareFile) => Promise<UploadSource | undefined>,
  ): Promise<QueueItem[]> {
    const found = (await this.#options.store?.entries()) ?? [];
    const damage: unknown[] = [];
    const uploads = found
      .flatMap((entry) => {
        try {
          return [decodeStoredUpload(entry, 'upload')];
        } catch (error) {
          damage.push(error);
          return [];
        }
      })
      .toSorted((a, b) => a.position - b.position);
    const entries: Entry[] = [];
    for (const { file: wire, size, ...rest } of uploads) {
      this.#position = Math.max(this.#position, rest.position + 1);
      if (this.#entries.has(keyOf(wire))) continue;
      const file = this.#gett.files.restore(wire);
      const source = await sourceOf(file);
      if (!source) continue;
      const entry = entryOf(file, source, rest);
      if (entry.size !== size) {
        const error = new SourceChangedError('This is not the file whose upload began.');
        entry.state = { type: 'failed', error };
      }
      entries.push(entry);
    }
    const items = this.#enter(entries);
    if (damage.length > 0) throw damage[0];
    return items;
  }

  /** Changes when a file's turn comes; does not interrupt others. */
  async prioritize(item: QueueItem, priority: number): Promise<void> {
    const entry = this.#entryOf(item);
    entry.priority = priority;
    await this.#options.store?.set(keyOf(entry.file), stored(entry));
  }

  /** Holds one file, or all; what the service has of a large file stays there. */
  pause(item?: QueueItem): void {
    if (item) return this.#stop('paused', this.#entryOf(item));
    this.#paused = true;
    const sending = [...this.#entries.values()].filter(({ state }) => state.type === 'sending');
    this.#stop('waiting', ...sending);
  }

  /** Goes on with one file that was paused or has failed, or with all but those paused singly. */
  resume(item?: QueueItem): void {
    if (!item) this.#paused = false;
    else if (['paused', 'failed'].includes(item.state.type)) {
      const entry = this.#entryOf(item);
      this.#set(entry, { type: entry.onDemand && !entry.wanted ? 'on-demand' : 'waiting' });
    }
    this.#pump();
  }

  /** Takes one file, or all that are not stored yet, out of the queue. The links stay. */
  cancel(item?: QueueItem): void {
    this.#stop('cancelled', ...(item ? [this.#entryOf(item)] : this.#entries.values()));
  }

  /** Resolves when nothing waits and nothing is sent, or on `close`. Failures are in the states. */
  async idle(): Promise<void> {
    if (!this.items.some(({ state }) => ['waiting', 'sending'].includes(state.type))) return;
    for await (const { type } of this) if (type === 'idle') return;
  }

  /** Stops everything and forgets nothing: another queue can `restore` it from the store. */
  close(): void {
    this.pause();
    for (const leave of this.#leave.splice(0)) leave();
    this.end(Promise.resolve());
  }

  #entryOf({ file }: QueueItem): Entry {
    const entry = this.#entries.get(keyOf(file));
    if (!entry) throw new TypeError('This file is not in the queue.');
    return entry;
  }

  #enter(entries: Entry[]): Entry[] {
    for (const entry of entries) {
      this.#entries.set(keyOf(entry.file), entry);
      this.#set(entry);
    }
    this.#pump();
    return entries;
  }

  /** Somebody waits for the file. */
  #demand(entry: Entry | undefined): void {
    if (!entry) return;
    entry.wanted = true;
    if (entry.state.type === 'on-demand') this.#set(entry, { type: 'waiting' });
    this.#pump();
  }

  /** Ends what goes on with entries, unless their bytes are stored. */
  #stop(type: 'waiting' | 'paused' | 'cancelled' | 'skipped', ...entries: Entry[]): void {
    const stopped = entries.filter(({ state }) => !isOver(state));
    for (const entry of stopped) {
      const { abort } = entry;
      delete entry.abort;
      this.#set(entry, { type });
      abort?.abort();
    }
    if (stopped.length > 0) this.#pump();
  }

  #set(entry: Entry, state: Entry['state'] = entry.state): void {
    entry.state = state;
    if (isOver(state)) {
      // One that stays by mistake is found to be stored, or gone, when the queue is restored.
      this.#options.store?.delete(keyOf(entry.file)).catch(() => undefined);
    }
    this.emit({ type: 'change', item: entry });
  }

  #pump(): void {
    const { parallel = 3 } = this.#options;
    for (;;) {
      let next: Entry | undefined;
      let sending = 0;
      for (const entry of this.#entries.values()) {
        if (entry.state.type === 'sending') sending += 1;
        if (entry.state.type !== 'waiting') continue;
        if (!next || goesBefore(entry, next)) next = entry;
      }
      if (!next && sending === 0) this.emit({ type: 'idle' });
      if (this.#paused || !next || sending >= (next.wanted ? 2 * parallel : parallel)) return;
      void this.#send(next);
    }
  }

  async #send(entry: Entry): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    entry.abort = abort;
    this.#set(entry, { type: 'sending' });
    const state = await this.#deliver(entry, signal).catch((error: unknown): Entry['state'] =>
      error instanceof NotFoundError ? { type: 'skipped' } : { type: 'failed', error },
    );
    // Who stopped it has said what it is now.
    if (signal.aborted) return;
    delete entry.abort;
    this.#set(entry, state);
    this.#pump();
  }

  async #deliver(entry: Entry, signal: AbortSignal): Promise<Entry['state']> {
    const { file, source } = entry;
    await file.refresh({ signal }).catch((error: unknown) => {
      // Not learning whether it is wanted is no reason not to try.
      if (!isGettError(error) || !error.retryable) throw error;
    });
    if (file.state !== 'uploaded') {
      if (!SENDABLE.includes(file.state)) return { type: 'skipped' };
      await file.send(source, {
        ...this.#options.upload,
        signal,
        onProgress: ({ sent, resumedFrom = 0 }) => {
          if (signal.aborted) return;
          this.#speed(Math.max(0, sent - Math.max(entry.sent, resumedFrom)));
          entry.sent = sent;
          this.#set(entry);
        },
      });
    }
    entry.sent = entry.size ?? entry.sent;
    return { type: 'sent' };
  }
}
