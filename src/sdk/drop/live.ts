import type { LiveEvent } from '../live/connection.ts';
import { Events } from '../live/events.ts';
import { type Live, randomSession } from '../live/live.ts';
import type { SharingClient } from './sharers.ts';

/**
 * Hears for the queue who waits for a file, whichever client has announced it: sessions belong to
 * one user each (spec section 6.2).
 */
export class DropLive extends Events<LiveEvent> {
  /** Of the client that has joined last; the queue reads it when it announces. */
  session = '';
  readonly #sessions = new Map<SharingClient, string>();
  readonly #joined = new Set<SharingClient>();
  #stop = new AbortController();

  /** Connects while other things go on: files may be announced before, and are sent without. */
  join(client: SharingClient): void {
    this.session = this.#sessions.get(client) ?? randomSession();
    this.#sessions.set(client, this.session);
    if (!client.live || this.#joined.has(client)) return;
    this.#joined.add(client);
    const { signal } = this.#stop;
    this.#hear(client.live, signal).catch(() => {
      if (!signal.aborted) this.#joined.delete(client);
    });
  }

  /** Nothing is on its way any more. */
  leave(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#joined.clear();
  }

  async #hear(live: Pick<Live, 'connect'>, signal: AbortSignal): Promise<void> {
    for await (const event of await live.connect({ session: this.session, signal })) {
      this.emit(event);
    }
  }
}
