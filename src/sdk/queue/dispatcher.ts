import { NotFoundError } from '../http/answer-errors.ts';
import { isGettError } from '../http/gett-error.ts';
import type { UploadOptions, UploadProgress } from '../upload/types.ts';
import { type Entry, goesBefore, isOver, keyOf, type QueueState } from './item.ts';
import type { Speed } from './progress.ts';

/** `storagelimit` too: there may be room by now, and if not the refusal says so again. */
const SENDABLE = ['remote', 'uploading', 'storagelimit'];

export interface DispatcherOptions {
  parallel: number;
  upload: UploadOptions;
  speed: Speed;
  onChange: (entry: Entry) => void;
  onIdle: () => void;
}

/** Decides which file is sent when, and sends it. */
export class Dispatcher {
  readonly entries: Map<string, Entry> = new Map<string, Entry>();
  readonly #options: DispatcherOptions;
  #paused = false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  get idle(): boolean {
    return !this.#some('waiting') && !this.#some('sending');
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.entries.set(keyOf(entry.file), entry);
      this.#options.onChange(entry);
    }
    this.#pump();
  }

  /** Somebody waits for the file. */
  demand(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    entry.wanted = true;
    if (entry.state.type === 'on-demand') this.#set(entry, { type: 'waiting' });
    this.#pump();
  }

  pause(entry?: Entry): void {
    if (entry) {
      this.#stop(entry, { type: 'paused' });
      return this.#pump();
    }
    this.#paused = true;
    for (const each of this.entries.values()) {
      if (each.state.type === 'sending') this.#stop(each, { type: 'waiting' });
    }
  }

  resume(entry?: Entry): void {
    if (!entry) this.#paused = false;
    else if (entry.state.type === 'paused' || entry.state.type === 'failed') this.#requeue(entry);
    this.#pump();
  }

  /** Tries again what only the network has stopped. */
  retry(): void {
    for (const entry of this.entries.values()) {
      const { state } = entry;
      if (state.type === 'failed' && isGettError(state.error) && state.error.retryable) {
        this.#requeue(entry);
      }
    }
    this.#pump();
  }

  /** Takes an entry out for good, unless its bytes are stored. */
  drop(entry: Entry, type: 'cancelled' | 'skipped'): void {
    this.#stop(entry, { type });
    this.#pump();
  }

  #some(type: QueueState['type']): boolean {
    for (const { state } of this.entries.values()) if (state.type === type) return true;
    return false;
  }

  #requeue(entry: Entry): void {
    this.#set(entry, { type: entry.onDemand && !entry.wanted ? 'on-demand' : 'waiting' });
  }

  #stop(entry: Entry, state: QueueState): void {
    if (isOver(entry.state)) return;
    const { abort } = entry;
    delete entry.abort;
    this.#set(entry, state);
    abort?.abort();
  }

  #set(entry: Entry, state: QueueState): void {
    entry.state = state;
    this.#options.onChange(entry);
  }

  #pump(): void {
    for (;;) {
      let next: Entry | undefined;
      let sending = 0;
      for (const entry of this.entries.values()) {
        if (entry.state.type === 'sending') sending += 1;
        if (entry.state.type !== 'waiting') continue;
        if (!next || goesBefore(entry, next)) next = entry;
      }
      if (!next && sending === 0) this.#options.onIdle();
      const { parallel } = this.#options;
      if (this.#paused || !next || sending >= (next.wanted ? 2 * parallel : parallel)) return;
      void this.#send(next);
    }
  }

  async #send(entry: Entry): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    entry.abort = abort;
    this.#set(entry, { type: 'sending' });
    const state = await this.#deliver(entry, signal).catch(
      (error: unknown): QueueState =>
        error instanceof NotFoundError ? { type: 'skipped' } : { type: 'failed', error },
    );
    // Who stopped it has said what it is now.
    if (signal.aborted) return;
    delete entry.abort;
    this.#set(entry, state);
    this.#pump();
  }

  async #deliver(entry: Entry, signal: AbortSignal): Promise<QueueState> {
    const { file, source } = entry;
    await file.refresh({ signal }).catch((error: unknown) => {
      // Not learning whether it is wanted is no reason not to try.
      if (!isGettError(error) || !error.retryable) throw error;
    });
    if (file.state !== 'uploaded') {
      if (!SENDABLE.includes(file.state)) return { type: 'skipped' };
      const onProgress = (progress: UploadProgress) => this.#progressed(entry, progress, signal);
      await file.send(source, { ...this.#options.upload, signal, onProgress });
    }
    entry.sent = entry.size ?? entry.sent;
    return { type: 'sent' };
  }

  #progressed(entry: Entry, { sent, resumedFrom = 0 }: UploadProgress, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#options.speed.add(Math.max(0, sent - Math.max(entry.sent, resumedFrom)));
    entry.sent = sent;
    this.#options.onChange(entry);
  }
}
