/** A document that is opened for whoever needs it, and closed when nobody does. */
export interface DocumentLease {
  /** The document is open while the work lasts. */
  use: <T>(work: () => Promise<T>) => Promise<T>;
  /** Closes it, unless somebody uses it. */
  rest: () => Promise<void>;
}

/** @param document `open` does nothing when it is open, `close` nothing when it is closed. */
export function createDocumentLease(document: {
  open: () => Promise<void>;
  close: () => Promise<void>;
}): DocumentLease {
  let users = 0;
  let closing: Promise<void> | undefined;
  return {
    async use(work) {
      users += 1;
      try {
        // One that is about to go would count as open, and take the work with it.
        await closing?.catch(() => undefined);
        await document.open();
        return await work();
      } finally {
        users -= 1;
      }
    },
    async rest() {
      if (users > 0) return;
      closing ??= document.close().finally(() => {
        closing = undefined;
      });
      await closing;
    },
  };
}
