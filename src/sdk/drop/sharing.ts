import type { Share } from '../gett/share.ts';
import { NotFoundError } from '../http/answer-errors.ts';
import { isGettError } from '../http/gett-error.ts';
import type { QueueItem } from '../queue/item.ts';
import type { UploadQueue } from '../queue/queue.ts';
import type { DropLive } from './live.ts';
import { sentenceFor, storageSentence } from './problems.ts';
import type { Sharer, SharingClient } from './sharers.ts';
import type { Taken } from './taking.ts';
import type { DropTexts } from './texts.ts';

export type SharingState =
  | { type: 'announcing' | 'sending' | 'done' | 'cancelled' }
  | { type: 'failed'; error: unknown; sentence: string };

export interface SharingDeps {
  sharer: Sharer;
  queue: UploadQueue;
  live: DropLive;
  texts: DropTexts;
  onChange(sharing: Sharing): void;
}

/** One share on its way: from some files to a link that has them all. */
export class Sharing {
  title: string;
  state: SharingState = { type: 'announcing' };
  readonly #deps: SharingDeps;
  readonly #taken: Taken;
  /** Files that somebody has left out after they were announced. */
  readonly #leftOut = new Set<QueueItem>();
  /** The title that the service knows. */
  #savedTitle: string | undefined;
  #client: SharingClient | undefined;
  #made: Share | undefined;
  #all: readonly QueueItem[] = [];
  #abort = new AbortController();

  constructor(taken: Taken, deps: SharingDeps) {
    this.#deps = deps;
    this.#taken = taken;
    this.#savedTitle = taken.title;
    this.title = taken.title ?? taken.files[0]?.name ?? '';
  }

  get items(): readonly QueueItem[] {
    return this.#all.filter((item) => !this.#leftOut.has(item));
  }

  /** All that were announced, in their order. */
  get all(): readonly QueueItem[] {
    return this.#all;
  }

  isLeftOut(item: QueueItem): boolean {
    return this.#leftOut.has(item);
  }

  get names(): readonly string[] {
    return this.#all.length > 0
      ? this.items.map(({ file }) => file.filename)
      : this.#taken.files.map(({ name }) => name);
  }

  get bytes(): number {
    return this.#all.length > 0
      ? this.items.reduce((sum, { size = 0 }) => sum + size, 0)
      : this.#taken.files.reduce((sum, { content }) => sum + content.size, 0);
  }

  /** From then on it works. */
  get link(): string | undefined {
    return this.#all.length > 0 ? this.#made?.url : undefined;
  }

  get sent(): number {
    return this.items.reduce((sum, { sent }) => sum + sent, 0);
  }

  get isBusy(): boolean {
    return this.state.type === 'announcing' || this.state.type === 'sending';
  }

  /** Announces all files, which makes their link; the queue sends them. */
  async start(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#become({ type: 'announcing' });
    try {
      this.#client ??= await this.#deps.sharer.client();
      signal.throwIfAborted();
      // Its files may have been announced though the answer was lost, and nobody has its link.
      await this.#made?.destroy({ signal });
      const title = this.#savedTitle;
      this.#made = await this.#client.shares.create({ ...(title && { title }), signal });
      this.#deps.live.join(this.#client);
      this.#all = await this.#deps.queue.add(this.#made, this.#taken.files, { signal });
      this.update();
    } catch (error) {
      if (!signal.aborted) await this.#fail(error);
    }
  }

  /** To be called when one of its files has changed. */
  update(): void {
    if (this.state.type === 'cancelled') return;
    const states = this.items.map(({ state }) => state.type);
    const failed = this.items.find(({ state }) => ['failed', 'skipped'].includes(state.type));
    if (states.some((type) => type === 'waiting' || type === 'sending')) {
      this.#become({ type: 'sending' });
    } else if (failed) void this.#fail(errorOf(failed), failed.file.filename);
    else this.#become({ type: 'done' });
  }

  retry(): void {
    if (this.state.type !== 'failed') return;
    if (this.#all.length === 0) void this.start();
    else this.#resume();
  }

  /** Rejects when the service does not take the title; then it is what it was. */
  async rename(title: string): Promise<void> {
    const before = this.title;
    this.title = title;
    if (!this.#made) {
      this.#savedTitle = title;
      return;
    }
    try {
      await this.#made.update({ title });
      this.#savedTitle = title;
    } catch (error) {
      this.title = before;
      throw error;
    }
  }

  /** Holds one file, so that it can be taken up again. */
  leaveOut(item: QueueItem): void {
    this.#leftOut.add(item);
    this.#deps.queue.pause(item);
    this.update();
  }

  takeUp(item: QueueItem): void {
    this.#leftOut.delete(item);
    this.#deps.queue.resume(item);
    this.update();
  }

  /** After {@link leaveOut}: for good. */
  async drop(item: QueueItem): Promise<void> {
    this.#deps.queue.cancel(item);
    await item.file.destroy().catch(() => undefined);
  }

  /** Holds everything, so that it can be undone. */
  cancel(): void {
    this.#become({ type: 'cancelled' });
    this.#abort.abort();
    for (const item of this.items) this.#deps.queue.pause(item);
  }

  undo(): void {
    if (this.#all.length === 0) void this.start();
    else this.#resume();
  }

  /** After {@link cancel}: takes the share back for good. */
  async discard(): Promise<void> {
    for (const item of this.#all) this.#deps.queue.cancel(item);
    await this.#made?.destroy().catch(() => undefined);
  }

  #resume(): void {
    if (this.#client) this.#deps.live.join(this.#client);
    this.#become({ type: 'sending' });
    for (const item of this.items) this.#deps.queue.resume(item);
    this.update();
  }

  async #fail(error: unknown, filename = ''): Promise<void> {
    if (this.state.type === 'failed' && this.state.error === error) return;
    const { texts } = this.#deps;
    const code = isGettError(error) ? error.code : undefined;
    const changed = code === 'source-changed';
    const sentence = changed ? texts.fileChanged(filename) : sentenceFor(error, texts);
    if (code !== 'storage-limit' || !this.#client) {
      this.#become({ type: 'failed', error, sentence });
      return;
    }
    const needed = this.bytes - this.sent;
    const numbers = await storageSentence(this.#client, needed, texts);
    if (this.state.type !== 'cancelled') this.#become({ type: 'failed', error, sentence: numbers });
  }

  #become(state: SharingState): void {
    this.state = state;
    this.#deps.onChange(this);
  }
}

function errorOf({ state }: QueueItem): unknown {
  return state.type === 'failed' ? state.error : new NotFoundError('The file was removed.');
}
