import { asError } from '../errors.ts';
import type { UploadStore } from '../metadata/store.ts';
import { FileGoneError } from './errors.ts';
import type { Transfer } from './transfer.ts';

/** At most so much is lost when the machine dies. */
const INTERVAL_BYTES = 64 * 1024 * 1024;
const INTERVAL_MS = 5_000;

/** Makes the bytes of a resumable upload durable while they arrive, and records how many are. */
export class Checkpoints {
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly transfer: Transfer,
    private readonly store: Pick<UploadStore, 'checkpoint'>,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Bytes have come. */
  progressed(): void {
    if (this.transfer.committed - this.transfer.durable >= INTERVAL_BYTES) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), INTERVAL_MS);
  }

  /** Resolves when all committed bytes are durable and recorded. */
  async flush(): Promise<void> {
    await this.stop();
    if (this.transfer.durable < this.transfer.committed) await this.#write();
  }

  /** Resolves when nothing is being recorded any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#write()
      .catch((error: unknown) => this.onError(asError(error)))
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #write(): Promise<void> {
    const { committed, init } = this.transfer;
    await init.writer.sync();
    if (!(await this.store.checkpoint(init.blobId, committed))) throw new FileGoneError();
    this.transfer.durable = committed;
  }
}
