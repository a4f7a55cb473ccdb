import type { ServerResponse } from 'node:http';
import type { FileKey } from '../metadata/store.ts';

const keyOf = ({ shareId, fileid }: FileKey) => `${shareId}/${fileid}`;

/** Who is being sent bytes of which file. */
export class Readers {
  readonly #responses = new Map<string, Set<ServerResponse>>();

  /** Counts the response among the readers of a file until it is closed. */
  add(file: FileKey, res: ServerResponse): void {
    const key = keyOf(file);
    const responses = this.#responses.get(key) ?? new Set();
    this.#responses.set(key, responses.add(res));
    res.once('close', () => {
      responses.delete(res);
      if (responses.size === 0) this.#responses.delete(key);
    });
  }

  /** Ends the connections of all who are reading the file. */
  cut(file: FileKey): void {
    for (const res of this.#responses.get(keyOf(file)) ?? []) res.destroy();
  }
}
