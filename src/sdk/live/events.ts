/** Hands events to listeners by their type, and to every async iteration in their order. */
export abstract class Events<E extends { type: string }> implements AsyncIterable<E> {
  /** Also called, without an event, when all is over. */
  readonly #listeners = new Set<(event?: E) => void>();
  #result: Promise<void> | undefined;

  /**
   * Calls the listener for every event of a type.
   * @returns what takes the listener away again
   */
  on<T extends E['type']>(type: T, listener: (event: Extract<E, { type: T }>) => void): () => void {
    const isWanted = (event?: E): event is Extract<E, { type: T }> => event?.type === type;
    return this.#listen((event) => {
      if (isWanted(event)) listener(event);
    });
  }

  /** All events from now on. Ends with `close`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<E, void, undefined> {
    const waiting: E[] = [];
    let wake = () => {};
    const stop = this.#listen((event) => {
      if (event) waiting.push(event);
      wake();
    });
    try {
      for (;;) {
        const event = waiting.shift();
        if (event) yield event;
        else if (this.#result) return await this.#result;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      stop();
    }
  }

  /** @internal */
  protected emit(event?: E): void {
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

  /**
   * @internal
   * @param result how iterations end
   */
  protected end(result: Promise<void>): void {
    this.#result = result;
    this.emit();
  }

  #listen(listener: (event?: E) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
