import { decodeShare, decodeShares } from '../../protocol/decoders.ts';
import { pathOf } from '../http/http.ts';
import type { CallOptions, FileContext } from './file.ts';
import { Share } from './share.ts';

/** Services may give fewer than asked for from here on (spec section 4.3), as if there were no more. */
const MOST = 1000;

/** Options of `Shares.list`. */
export interface ListOptions extends CallOptions {
  /** Shares an answer, 100 by default, from 1 to 1000. */
  pageSize?: number;
}

/** The shares of the user who is signed in. */
export class Shares {
  readonly #context: FileContext;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /**
   * All shares, newest first, read page by page as they are used. Each comes once, and none is left
   * out when others are made or destroyed meanwhile.
   *
   * @example
   * for await (const share of gett.shares.list()) console.log(share.title, share.url);
   */
  async *list({
    pageSize = 100,
    signal,
  }: ListOptions = {}): AsyncGenerator<Share, void, undefined> {
    const seen = new Set<string>();
    for (let skip = 0; ; ) {
      // Pages overlap by one share. When that one is new, shares before it have been destroyed and
      // others have moved up past `skip`: begin again. New shares only lead to repeats.
      const overlap = skip > 0 ? 1 : 0;
      const limit = Math.min(Math.max(1, pageSize) + overlap, MOST);
      const query = { skip: String(skip - overlap), limit: String(limit) };
      const call = { path: 'shares', query, signal };
      const page = await this.#context.session.json(call, decodeShares);
      if (overlap > 0 && !seen.has(page[0]?.sharename ?? '')) {
        skip = 0;
        continue;
      }
      skip += page.length - overlap;
      for (const wire of page) {
        if (seen.has(wire.sharename)) continue;
        seen.add(wire.sharename);
        yield new Share(this.#context, wire);
      }
      if (page.length < limit) return;
    }
  }

  /** Any share by its name; nobody needs to be signed in. */
  async get(sharename: string, options: CallOptions = {}): Promise<Share> {
    const call = { ...options, path: pathOf('shares', sharename) };
    return new Share(this.#context, await this.#context.session.openJson(call, decodeShare));
  }

  /** A new, empty share. Its link works at once. */
  async create({
    title,
    ...options
  }: { title?: string | undefined } & CallOptions = {}): Promise<Share> {
    const call = { ...options, path: 'shares/create', body: { title } };
    return new Share(this.#context, await this.#context.session.json(call, decodeShare));
  }
}
