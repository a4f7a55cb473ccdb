import type { Logger } from 'pino';
import type { FileKey, ViolationStore } from '../metadata/store.ts';

/** How often a running server looks for files that the command line has removed; milliseconds. */
const INTERVAL = 1_000;

export interface ViolationWatchDeps {
  violations: ViolationStore;
  uploads: { fileRemoved(file: FileKey): Promise<void> };
  readers: { cut(file: FileKey): void };
  notifier: { violatedTerms(file: FileKey, reason: string): void };
  onTrash: () => void;
  log: Logger;
}

/**
 * Acts on files that were removed for abuse while the server runs. The database is the only way
 * from the command line to the server: it is there already, and nothing is lost in a restart.
 */
export class ViolationWatch {
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;

  constructor(private readonly deps: ViolationWatchDeps) {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    }, INTERVAL);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { violations, uploads, readers, notifier, onTrash, log } = this.deps;
    try {
      for (const { reason, ...file } of await violations.take()) {
        await uploads.fileRemoved(file);
        readers.cut(file);
        notifier.violatedTerms(file, reason);
        onTrash();
      }
    } catch (error) {
      log.error({ err: error }, 'files that were removed for abuse could not be looked for');
    }
  }
}
