import { SmartFileConfigurationError } from './errors.ts';

/** Number, name, uuid or path. Absent and `''` both mean "none"; `0` is sent. */
export type Identifier = string | number | undefined;

/**
 * Everything but RFC 3986's unreserved characters as `%XX` of its UTF-8 bytes.
 * https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */
export function percentEncode(text: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new SmartFileConfigurationError('The text must be well-formed Unicode.');
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
  if (!/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/.test(text) || !URL.canParse(text)) {
    throw new SmartFileConfigurationError(
      `The base URL must be an address such as ${defaultBaseUrl}, without credentials or query.`,
    );
  }
  return new URL(text).href.replace(/\/*$/, '/');
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
  if (segments.some((segment) => /^\.\.?$/.test(segment))) {
    throw new SmartFileConfigurationError('A path must not contain "." or ".." segments.');
  }
  return `${segments.map(percentEncode).join('/')}/`;
}

/** The last segment of a path: `photo.jpg` of `/shared/photo.jpg`, `''` of `/`. */
export function baseName(path: string): string {
  return path.split('/').findLast((segment) => segment !== '') ?? '';
}

/** Name inside a directory as one absolute path. */
export function joinPath(directory: string, name: string): string {
  return `/${[...directory.split('/'), name].filter((segment) => segment !== '').join('/')}`;
}
