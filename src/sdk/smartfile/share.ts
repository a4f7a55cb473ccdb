import type { Clock } from '../http/clock.ts';
import type { UploadSource } from '../upload/types.ts';
import { baseName } from './address.ts';
import type { CallOptions } from './connection.ts';
import { SmartFileConfigurationError, SmartFileResponseError } from './errors.ts';
import type { SmartFileExchange, SmartFileLinks } from './links.ts';
import type { SmartFilePaths, UploadOptions } from './paths.ts';

/** Options of `uploadAndShare`. */
export interface ShareOptions extends CallOptions {
  /** Seconds for which the address works. Only exchanges can expire. */
  expiresIn?: number;
  /** Default: a link; an exchange when `expiresIn` is given or the account may not make links. */
  method?: 'link' | 'exchange';
}

/** A public address of a file (spec section 8). */
export interface Share {
  /** Opens the file without signing in. */
  url: string;
  /** Which of the two ways was taken (spec section 8). */
  kind: 'link' | 'exchange';
  /** Of an exchange. */
  expiresAt?: Date;
  /** Of a link; `links.delete` takes it. */
  linkId?: string;
}

/** Seconds of an exchange for which none were asked: one day. */
const fallbackLifetime = 86_400;

export function createShare(
  links: SmartFileLinks,
  exchange: SmartFileExchange,
  clock: Clock,
): (path: string, options?: ShareOptions) => Promise<Share> {
  async function byLink(path: string, options: CallOptions): Promise<Share> {
    const name = baseName(path);
    const { href, uid } = await links.create(path, { name, read: true, list: true, ...options });
    const folder = href.replace(/\/*$/, '/');
    return {
      url: path.endsWith('/') ? folder : folder + encodeURIComponent(name),
      kind: 'link',
      ...(uid !== undefined && { linkId: uid }),
    };
  }

  async function byExchange(path: string, expires: number, options: CallOptions): Promise<Share> {
    const begun = clock.now();
    const { url } = await exchange.create(path, { expires, ...options });
    return { url, kind: 'exchange', expiresAt: new Date(begun + expires * 1_000) };
  }

  return async (path, sharing = {}) => {
    const { expiresIn, method, signal } = possible(sharing);
    const options = { signal };
    if (method === 'exchange' || expiresIn !== undefined) {
      return byExchange(path, expiresIn ?? fallbackLifetime, options);
    }
    return byLink(path, options).catch((error: unknown) => {
      if (method === 'link' || !hasStatus(error, 403)) throw error;
      return byExchange(path, fallbackLifetime, options);
    });
  };
}

function possible(options: ShareOptions): ShareOptions {
  if (options.method !== 'link' || options.expiresIn === undefined) return options;
  throw new SmartFileConfigurationError('Links do not expire: leave out method or expiresIn.');
}

const hasStatus = (error: unknown, status: number) =>
  error instanceof SmartFileResponseError && error.status === status;

interface Sharing {
  readonly path: Pick<SmartFilePaths, 'upload' | 'mkdir'>;
  share(path: string, options?: ShareOptions): Promise<Share>;
}

/** A missing directory (409) is made once; a stream cannot be sent a second time (spec section 5). */
export async function uploadAndShare(
  client: Sharing,
  directory: string,
  file: UploadSource,
  options: UploadOptions & ShareOptions = {},
): Promise<Share> {
  possible(options);
  const upload = () => client.path.upload(directory, file, options);
  const { path } = await upload().catch(async (error: unknown) => {
    if (!hasStatus(error, 409) || file instanceof ReadableStream) throw error;
    await client.path.mkdir(directory, { signal: options.signal }).catch((refused: unknown) => {
      // Another upload may have made it meanwhile.
      if (!hasStatus(refused, 409)) throw refused;
    });
    return upload();
  });
  return client.share(path, options);
}
