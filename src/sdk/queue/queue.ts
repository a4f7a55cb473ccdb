import type { GettClient } from '../gett/client.ts';
import type { CallOptions, ShareFile } from '../gett/file.ts';
import type { Share } from '../gett/share.ts';
import { announceFiles, type NamedSource } from '../gett/upload.ts';
import { SourceChangedError } from '../http/call-errors.ts';
import { type Clock, systemClock } from '../http/clock.ts';
import type { LiveConnection } from '../live/connection.ts';
import { Events } from '../live/events.ts';
import type { UploadOptions, UploadSource } from '../upload/types.ts';
import { Dispatcher } from './dispatcher.ts';
import { type Entry, entryOf, isOver, keyOf, type QueueItem, stored } from './item.ts';
import { progressOf, type QueueProgress, Speed } from './progress.ts';
import { decodeStoredUpload, type QueueStore } from './store.ts';

/** `change`: the state or the progress of a file. `idle`: nothing waits and nothing is sent. */
export type QueueEvent = { type: 'change'; item: QueueItem } | { type: 'idle' };

export interface QueueOptions {
  /** Files sent at the same time, 3 by default; files that somebody waits for get as many more. */
  parallel?: number;
  /** Files are announced with its session, and go first when somebody asks for them. */
  live?: Pick<LiveConnection, 'session' | 'on'>;
  /** Keeps the queue over a restart. */
  store?: QueueStore;
  /** How each file is sent. */
  upload?: Omit<UploadOptions, 'onProgress' | 'signal' | 'name'>;
  clock?: Clock;
}

export interface AddOptions extends CallOptions {
  /** Higher ones go first; 0 by default. */
  priority?: number;
  /** Not sent until somebody asks for the file; needs `live`, and is refused without. */
  onDemand?: boolean;
}

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
export class UploadQueue implements AsyncIterable<QueueEvent> {
  readonly #gett: Pick<GettClient, 'files'>;
  readonly #options: QueueOptions;
  readonly #events: Events<QueueEvent>;
  readonly #speed: Speed;
  readonly #line: Dispatcher;
  readonly #closed: Promise<void>;
  readonly #cleanUps: (() => void)[] = [];
  #position = 0;

  constructor(gett: Pick<GettClient, 'files'>, options: QueueOptions = {}) {
    const { live, clock = systemClock, parallel = 3, upload = {} } = options;
    this.#gett = gett;
    this.#options = options;
    this.#speed = new Speed(clock);
    this.#closed = new Promise((resolve) => this.#cleanUps.push(resolve));
    this.#events = new Events(this.#closed);
    this.#line = new Dispatcher({
      parallel,
      upload: { clock, ...upload },
      speed: this.#speed,
      onChange: (entry) => this.#changed(entry),
      onIdle: () => this.#events.emit({ type: 'idle' }),
    });
    if (!live) return;
    this.#cleanUps.push(
      live.on('download', (file) => this.#line.demand(keyOf(file))),
      live.on('violatedterms', (file) => {
        const entry = this.#line.entries.get(keyOf(file));
        if (entry) this.#line.drop(entry, 'skipped');
      }),
      live.on('connected', () => this.#line.retry()),
    );
  }

  /** In the order they were added. */
  get items(): readonly QueueItem[] {
    return [...this.#line.entries.values()];
  }

  get progress(): QueueProgress {
    return progressOf(this.#line.entries.values(), this.#speed.now());
  }

  /**
   * Calls the listener for every event of a type.
   * @returns what takes the listener away again
   */
  on<T extends QueueEvent['type']>(
    type: T,
    listener: (event: Extract<QueueEvent, { type: T }>) => void,
  ): () => void {
    return this.#events.on(type, listener);
  }

  /** All events from now on. Ends with `close`. */
  [Symbol.asyncIterator](): AsyncGenerator<QueueEvent, void, undefined> {
    return this.#events[Symbol.asyncIterator]();
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
    if (onDemand && !live) throw new TypeError('onDemand needs a queue with a Live connection.');
    const announced = await announceFiles(share, files, {
      ...(live && { session: live.session }),
      ...(signal && { signal }),
    });
    const entries = announced.map(({ file, content }) =>
      entryOf(file, content, { priority, onDemand, position: this.#position++ }),
    );
    if (store)
      await Promise.all(entries.map((entry) => store.set(keyOf(entry.file), stored(entry))));
    this.#line.add(entries);
    return entries;
  }

  /**
   * Goes on with what an earlier queue has left in the store; large files from where they were.
   *
   * @param sourceOf gives the content of a file; with `undefined` the file stays in the store only
   */
  async restore(
    sourceOf: (file: ShareFile) => Promise<UploadSource | undefined>,
  ): Promise<QueueItem[]> {
    const found = (await this.#options.store?.entries()) ?? [];
    const uploads = found
      .map((entry) => decodeStoredUpload(entry, 'upload'))
      .toSorted((a, b) => a.position - b.position);
    const entries: Entry[] = [];
    for (const { file: wire, size, ...rest } of uploads) {
      this.#position = Math.max(this.#position, rest.position + 1);
      if (this.#line.entries.has(keyOf(wire))) continue;
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
    this.#line.add(entries);
    return entries;
  }

  /** Changes when a file's turn comes; does not interrupt others. */
  async prioritize(item: QueueItem, priority: number): Promise<void> {
    const entry = this.#entryOf(item);
    entry.priority = priority;
    await this.#options.store?.set(keyOf(entry.file), stored(entry));
  }

  /** Holds one file, or all; what the service has of a large file stays there. */
  pause(item?: QueueItem): void {
    this.#line.pause(item && this.#entryOf(item));
  }

  /** Goes on with one file that was paused or has failed, or with all but those paused singly. */
  resume(item?: QueueItem): void {
    this.#line.resume(item && this.#entryOf(item));
  }

  /** Takes one file, or all that are not stored yet, out of the queue. The links stay. */
  cancel(item?: QueueItem): void {
    const entries = item ? [this.#entryOf(item)] : this.#line.entries.values();
    for (const entry of entries) this.#line.drop(entry, 'cancelled');
  }

  /** Resolves when nothing waits and nothing is sent, or on `close`. Failures are in the states. */
  async idle(): Promise<void> {
    if (this.#line.idle) return;
    let stop = () => {};
    const idle = new Promise<void>((resolve) => (stop = this.on('idle', () => resolve())));
    await Promise.race([idle, this.#closed]);
    stop();
  }

  /** Stops everything and forgets nothing: another queue can `restore` it from the store. */
  close(): void {
    this.#line.pause();
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
  }

  #entryOf({ file }: QueueItem): Entry {
    const entry = this.#line.entries.get(keyOf(file));
    if (!entry) throw new TypeError('This file is not in the queue.');
    return entry;
  }

  #changed(entry: Entry): void {
    if (isOver(entry.state)) {
      // One that stays by mistake is found to be stored, or gone, when the queue is restored.
      this.#options.store?.delete(keyOf(entry.file)).catch(() => undefined);
    }
    this.#events.emit({ type: 'change', item: entry });
  }
}
