import type { Api } from './api.ts';
import type { CallOptions } from './connection.ts';
import { exchange, link, links } from './decoders.ts';
import { SmartFileConfigurationError } from './errors.ts';
import type { Exchange, Link } from './shapes.ts';

/** Options of `SmartFileLinks.create`. */
export interface LinkOptions extends CallOptions {
  /** For people. Default: as the service decides. */
  name?: string;
  /** Visitors may read the files. */
  read?: boolean;
  /** Visitors may list the directory. */
  list?: boolean;
  /** Seconds for which answers may be cached. */
  cache?: number;
}

/** Public links (spec section 8). */
export interface SmartFileLinks {
  /**
   * Answers with the address of a folder that holds what was linked.
   *
   * @param path one or several paths that the link will hold
   */
  create(path: string | readonly string[], options?: LinkOptions): Promise<Link>;
  /**
   * All links of the account. Assumed by analogy with other endpoints, not documented (spec section
   * 8).
   */
  list(options?: CallOptions): Promise<Link[]>;
  /**
   * From then on the link leads nowhere; the files stay. Assumed as `list` is.
   * @param uid of the link
   * @throws {SmartFileConfigurationError} when it is empty
   */
  delete(uid: string, options?: CallOptions): Promise<void>;
}

export function createLinks(api: Api): SmartFileLinks {
  return {
    create(path, { signal, ...options } = {}) {
      const parameters = { path, ...options };
      return api.decoded({ method: 'POST', endpoint: 'link', parameters, signal }, link);
    },
    list: (options) => api.decoded({ method: 'GET', endpoint: 'link', ...options }, links),
    async delete(uid, options) {
      await api.answer({
        method: 'DELETE',
        endpoint: 'link',
        id: requiredUid(uid),
        ...options,
      });
    },
  };
}

/** Without one, the call would be about all links. */
function requiredUid(uid: string): string {
  if (uid !== '') return uid;
  throw new SmartFileConfigurationError('The uid of a link must not be empty.');
}

/** Options of `SmartFileExchange.create`. */
export interface ExchangeOptions extends CallOptions {
  /** Seconds from now. Default: as the service decides. */
  expires?: number;
  /** Default `r`, reading; no other is known. */
  mode?: string;
}

/** Temporary direct addresses (spec section 8). */
export interface SmartFileExchange {
  /**
   * Makes an address that anybody can open until it expires.
   * @param path of one file
   */
  create(path: string, options?: ExchangeOptions): Promise<Exchange>;
}

export function createExchange(api: Api): SmartFileExchange {
  return {
    create(path, { mode = 'r', expires, signal } = {}) {
      const parameters = { path, mode, expires };
      return api.decoded(
        { method: 'POST', endpoint: 'path/exchange', parameters, signal },
        exchange,
      );
    },
  };
}
