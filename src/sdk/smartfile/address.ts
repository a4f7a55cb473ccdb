import { SmartFileConfigurationError } from './errors.ts';

/** Number, name, uuid or path. Absent and `''` both mean "none"; `0` is sent. */
export type Identifier = string | number | undefined;

/**
 * Everything but RFC 3986's unreserved characters as `%XX` of its UTF-8 bytes.
 * https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */
export function percentEncode(text: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new SmartFileConfigurationError(
      'The text holds half of a surrogate pair and cannot be written as UTF-8: pass whole characters.',
    );
  }
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The service itself; a customer site may be `https://NAME.smartfile.com/`. */
export const defaultBaseUrl = 'https://app.smartfile.com/';

/** The base URL with its final slash, which may be missing. */
export function normalizeBaseUrl(text: string = defaultBaseUrl): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable =
    url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search;
  if (!usable || url.hash) {
    throw new SmartFileConfigurationError(
      'The base URL must be an http or https address without credentials, query or fragment, for example https://app.smartfile.com/.',
    );
  }
  return url.href.replace(/\/*$/, '/');
}

/**
 * `api/{version}/{endpoint}/{id}/` with every segment escaped and runs of slashes collapsed.
 *
 * @throws {SmartFileConfigurationError} for `.` and `..`, which URLs would resolve to another path
 */
export function apiPath(version: string, endpoint: string, id: Identifier): string {
  const segments = ['api', version, endpoint, String(id ?? '')]
    .flatMap((part) => part.split('/'))
    .filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    throw new SmartFileConfigurationError('A path must not contain "." or ".." segments.');
  }
  return `${segments.map(percentEncode).join('/')}/`;
}

/** Refuses "no identifier" where it would address the whole collection. */
export function required(id: string, what: string): string {
  if (baseName(id) !== '') return id;
  throw new SmartFileConfigurationError(`The ${what} must not be empty.`);
}

/** The last segment of a path: `photo.jpg` of `/shared/photo.jpg`, `''` of `/`. */
export function baseName(path: string): string {
  return path.split('/').findLast((segment) => segment !== '') ?? '';
}

/** Name inside a directory as one absolute path. */
export function joinPath(directory: string, name: string): string {
  return `/${[...directory.split('/'), name].filter((segment) => segment !== '').join('/')}`;
}
