import type { Clock } from '../../../src/sdk/http/clock.ts';

/**
 * Time that passes as soon as somebody waits for it. Waits of more than a minute are deadlines:
 * they end when shorter ones have added up to them.
 */
export class QuickClock implements Clock {
  /** Every wait that is not a deadline, in milliseconds. */
  readonly waits: number[] = [];
  #time: number;
  readonly #deadlines: { at: number; ring: () => void }[] = [];

  constructor(start = 1_426_700_000_000) {
    this.#time = start;
  }

  now(): number {
    return this.#time;
  }

  random(): number {
    return 0;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds > 60_000) {
      await new Promise<void>((ring, reject) => {
        this.#deadlines.push({ at: this.#time + milliseconds, ring });
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
      return;
    }
    this.waits.push(milliseconds);
    this.#time += milliseconds;
    for (const { at, ring } of this.#deadlines) if (at <= this.#time) ring();
    await Promise.resolve();
  }
}
