const HOUR = 60 * 60 * 1000;
/** Beyond this many the oldest are forgotten. */
const MAX_KEYS = 10_000;

/** Bounds what somebody may do in an hour: a bucket for each key that fills up evenly. */
export class HourlyLimit {
  readonly #taken = new Map<string, { count: number; at: number }>();

  constructor(
    readonly perHour: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes so many. Gives the seconds until they may be had when they are too many now. */
  take(key: string, count: number): number | undefined {
    const taken = this.#takenBy(key);
    const over = taken + count - this.perHour;
    if (over > 0) return Math.ceil((over * HOUR) / this.perHour / 1000);
    this.#taken.delete(key);
    this.#taken.set(key, { count: taken + count, at: this.now() });
    for (const oldest of this.#taken.keys()) {
      if (this.#taken.size <= MAX_KEYS) break;
      this.#taken.delete(oldest);
    }
    return undefined;
  }

  #takenBy(key: string): number {
    const { count, at } = this.#taken.get(key) ?? { count: 0, at: 0 };
    return Math.max(0, count - ((this.now() - at) * this.perHour) / HOUR);
  }
}
