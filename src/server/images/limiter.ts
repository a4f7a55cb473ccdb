/** More work is asked for than may wait; the caller should come back later. */
export class RendererBusyError extends Error {
  override readonly name = 'RendererBusyError';

  constructor() {
    super('too many pictures are being made smaller at the moment');
  }
}

/** Runs some tasks at once, lets some wait in order, and turns the rest away. */
export class Limiter {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(private readonly limits: { running: number; waiting: number }) {}

  /** Throws {@link RendererBusyError} when nobody else may wait. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.limits.running) this.#running++;
    else await this.#turn();
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.limits.waiting) throw new RendererBusyError();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
