/** Hands events to listeners by their type, and to every async iteration in their order. */
export class Events<E extends { type: string }> implements AsyncIterable<E> {
  readonly #listeners = new Set<(event: E) => void>();
  /** Wakes iterations up when all is over. */
  readonly #over = new AbortController();
  readonly #result: Promise<void>;

  /** @param result settles when no further events come; iterations end, or fail, as it does */
  constructor(result: Promise<void>) {
    this.#result = result;
    const end = () => this.#over.abort();
    result.then(end, end);
  }

  /** @returns what takes the listener away again */
  on<T extends E['type']>(type: T, listener: (event: Extract<E, { type: T }>) => void): () => void {
    const isWanted = (event: E): event is Extract<E, { type: T }> => event.type === type;
    const filtered = (event: E) => {
      if (isWanted(event)) listener(event);
    };
    this.#listeners.add(filtered);
    return () => void this.#listeners.delete(filtered);
  }

  emit(event: E): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        // As the platform's own event targets do: the others hear of the event all the same.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<E, void, undefined> {
    const { signal } = this.#over;
    const waiting: E[] = [];
    let wake = () => {};
    const listener = (event: E) => {
      waiting.push(event);
      wake();
    };
    const end = () => wake();
    this.#listeners.add(listener);
    signal.addEventListener('abort', end);
    try {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (signal.aborted) return await this.#result;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.#listeners.delete(listener);
      signal.removeEventListener('abort', end);
    }
  }
}
