import {
  type GettClient,
  isGettError,
  NotFoundError,
  type QueueItem,
  type Share,
  SourceChangedError,
  type UploadQueue,
} from '/sdk/gett-sdk.js';
import { texts } from '../../texts.ts';
import { sentenceFor, storageSentence } from './problems.ts';
import type { Taken } from './taking.ts';

export type SharingState =
  | { type: 'announcing' | 'sending' | 'done' | 'cancelled' }
  | { type: 'failed'; error: unknown; sentence: string };

/** One share on its way: from some files to a link that has them all. */
export class Sharing {
  readonly title: string;
  readonly bytes: number;
  state: SharingState = { type: 'announcing' };
  items: readonly QueueItem[] = [];
  readonly #share: { made?: Share } = {};
  #abort = new AbortController();

  constructor(
    readonly gett: GettClient,
    readonly queue: UploadQueue,
    readonly taken: Taken,
    readonly onChange: (sharing: Sharing) => void,
  ) {
    this.title = taken.title ?? taken.files[0]?.name ?? '';
    this.bytes = taken.files.reduce((sum, { content }) => sum + content.size, 0);
  }

  /** From then on it works. */
  get link(): string | undefined {
    return this.items.length > 0 ? this.#share.made?.url : undefined;
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
      const { title } = this.taken;
      this.#share.made ??= await this.gett.shares.create({ ...(title && { title }), signal });
      this.items = await this.queue.add(this.#share.made, this.taken.files, { signal });
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
    if (this.items.length === 0) void this.start();
    else this.#resume();
  }

  /** Holds everything, so that it can be undone. */
  cancel(): void {
    this.#become({ type: 'cancelled' });
    this.#abort.abort();
    for (const item of this.items) this.queue.pause(item);
  }

  undo(): void {
    if (this.items.length === 0) void this.start();
    else this.#resume();
  }

  /** After `cancel`: takes the share back for good. */
  async discard(): Promise<void> {
    for (const item of this.items) this.queue.cancel(item);
    await this.#share.made?.destroy().catch(() => undefined);
  }

  #resume(): void {
    this.#become({ type: 'sending' });
    for (const item of this.items) this.queue.resume(item);
    this.update();
  }

  async #fail(error: unknown, filename = ''): Promise<void> {
    if (this.state.type === 'failed' && this.state.error === error) return;
    this.#become({ type: 'failed', error, sentence: sentenceFor(error) });
    if (error instanceof SourceChangedError) {
      this.#become({ type: 'failed', error, sentence: texts.fileChanged(filename) });
    } else if (isGettError(error) && error.code === 'storage-limit') {
      const sentence = await storageSentence(this.gett, this.bytes - this.sent);
      if (this.state.type === 'failed') this.#become({ type: 'failed', error, sentence });
    }
  }

  #become(state: SharingState): void {
    this.state = state;
    this.onChange(this);
  }
}

function errorOf({ state }: QueueItem): unknown {
  return state.type === 'failed' ? state.error : new NotFoundError('The file was removed.');
}
