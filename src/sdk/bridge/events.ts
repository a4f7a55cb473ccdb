import type { FileEntry } from './shapes.ts';

/** What a client tells while it works. No event holds a password, key or token. */
export type BridgeEvent =
  /** A request was answered, well or not. `endpoint` is method and route with placeholders. */
  | { type: 'answer'; endpoint: string; status: number }
  /** A request or transfer failed; its promise or stream rejects with the same error. */
  | { type: 'failure'; endpoint: string; error: unknown }
  /** Bytes on their way up. */
  | { type: 'upload'; bucketId: string; filename: string; loaded: number; total: number }
  /** An upload is stored and its hash is right. */
  | { type: 'stored'; entry: FileEntry }
  /** `loaded` verified bytes and `shard` of `shards` are here. */
  | {
      type: 'download';
      bucketId: string;
      hash: string;
      loaded: number;
      shard: number;
      shards: number;
    }
  /** Something may not work, for example with a newer server. */
  | { type: 'warning'; message: string };

/** The types of events. */
export type BridgeEventType = BridgeEvent['type'];
/** The event of a type. */
export type BridgeEventOf<T extends BridgeEventType> = Extract<BridgeEvent, { type: T }>;
type Listener = (event: BridgeEvent) => void;

export class BridgeEvents {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that ends the listening */
  on<T extends BridgeEventType>(type: T, listener: (event: BridgeEventOf<T>) => void): () => void {
    const entry: Listener = (event) => {
      if (isOf(event, type)) listener(event);
    };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** A listener that throws is reported as an uncaught error and disturbs nobody else. */
  emit(event: BridgeEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

function isOf<T extends BridgeEventType>(event: BridgeEvent, type: T): event is BridgeEventOf<T> {
  return event.type === type;
}
