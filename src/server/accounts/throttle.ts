/** Failures that are allowed at once, and the time in which as many come back. */
const FAILURES = 20;
const REFILL_MS = 5 * 60_000;
/** Full buckets need not be remembered; beyond this many the oldest are looked through. */
const MAX_KEYS = 10_000;

interface Bucket {
  failures: number;
  at: number;
}

/** Slows down guessing: a token bucket for each key, from which failed attempts take. */
export class LoginThrottle {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Counts an attempt as failed until {@link succeeded} says otherwise, so that many attempts at
   * once are bounded too. Gives the seconds to wait when there have been too many.
   */
  attempt(key: string): number | undefined {
    const failures = this.#failures(key);
    if (failures > FAILURES - 1) {
      return Math.ceil(((failures - FAILURES + 1) * REFILL_MS) / FAILURES / 1000);
    }
    this.#set(key, failures + 1);
    return undefined;
  }

  succeeded(key: string): void {
    this.#set(key, this.#failures(key) - 1);
  }

  #failures(key: string): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return 0;
    return Math.max(0, bucket.failures - ((this.now() - bucket.at) * FAILURES) / REFILL_MS);
  }

  #set(key: string, failures: number): void {
    this.#buckets.delete(key);
    if (failures > 0) this.#buckets.set(key, { failures, at: this.now() });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MAX_KEYS) break;
      this.#buckets.delete(oldest);
    }
  }
}
