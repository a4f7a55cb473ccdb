import type { FileHandle } from 'node:fs/promises';

/**
 * While bytes arrive, those that are there are made durable each time that so many have come. The
 * disk works beside the network then, and little is left to be waited for at the end. Larger and
 * smaller steps were slower. Bytes.
 */
const STEP = 8 * 1024 * 1024;

/**
 * Whether some file of a store is being made durable ahead of its end. One at a time is: Node has
 * four threads for files, and readers need them too.
 */
export interface SyncTurn {
  taken: boolean;
}

/** Makes a growing file durable piece by piece. */
export class SyncAhead {
  #handed: number;
  #running: Promise<void> | undefined;
  /** Linux tells of bytes that could not be written once only, so the first failure is kept. */
  #failure: { error: unknown } | undefined;

  /** @param size bytes that are in the file and durable already */
  constructor(
    private readonly handle: Pick<FileHandle, 'datasync'>,
    size: number,
    private readonly turn: SyncTurn,
  ) {
    this.#handed = size;
  }

  /** The file is so long now. */
  written(size: number): void {
    if (this.turn.taken || size - this.#handed < STEP) return;
    this.turn.taken = true;
    this.#handed = size;
    this.#running = this.#sync().finally(() => {
      this.#running = undefined;
      this.turn.taken = false;
    });
  }

  /** Resolves when all that was written before the call is durable. */
  async finish(): Promise<void> {
    await this.#running;
    await this.#sync();
    if (this.#failure) throw this.#failure.error;
  }

  async #sync(): Promise<void> {
    try {
      await this.handle.datasync();
    } catch (error) {
      this.#failure ??= { error };
    }
  }
}
