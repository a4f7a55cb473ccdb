/**
 * Lets everybody who waits for one file or folder to be durable share a sync: one that begins
 * after a change covers it, so all changes that come while a sync is running need one more.
 */
export class SharedSync {
  #waiting: Waiter[] = [];
  #running = false;

  /** @param sync makes durable what has changed before the call. */
  constructor(private readonly sync: () => Promise<void>) {}

  /** Resolves when everything that changed before the call survives a power cut. */
  done(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.sync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = false;
  }
}

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}
