import type { Logger } from 'pino';
import type { UploadStore } from '../metadata/store.ts';

const SLICE = 100;

/** Removes the bytes that metadata have let go of, in the background. */
export class TrashSweeper {
  #asked = false;
  #running: Promise<void> | undefined;

  constructor(
    private readonly store: UploadStore,
    private readonly remove: (blobId: string) => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** Starts a round, or another one after the round that is running. */
  sweep(): void {
    this.#asked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when nothing is being removed. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#asked) {
      this.#asked = false;
      try {
        const blobIds = await this.store.trash(SLICE);
        if (blobIds.length === 0) continue;
        for (const blobId of blobIds) await this.remove(blobId);
        await this.store.emptyTrash(blobIds);
        this.#asked = true;
      } catch (error) {
        // The rows stay, so the next round tries again.
        this.log.error({ err: error }, 'removed files could not be deleted from the disk');
      }
    }
  }
}
