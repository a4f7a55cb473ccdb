import { isGettError } from '../../sdk/index.ts';

/** Words of the API's own paths; whatever else stands there may name a share or a person. */
const OWN_WORDS = new Set(
  'users login me shares create update destroy files upload blob thumb scale'.split(' '),
);

/** What support needs to know of an error: kinds and numbers, no names, no addresses, no foreign text. */
export function traceOf(error: unknown): string {
  if (!isGettError(error)) {
    return error instanceof Error ? `${error.name}: ${withoutNames(error.message)}` : typeof error;
  }
  const { code, status, endpoint } = error;
  return [
    code,
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(endpoint === undefined ? [] : [withoutParts(endpoint)]),
  ].join(', ');
}

/** `/files/8ExGXpA/create` without the name of the share. */
function withoutParts(endpoint: string): string {
  const [method = '', path = ''] = endpoint.split(' ');
  const parts = path.split('/').map((part) => (part === '' || OWN_WORDS.has(part) ? part : '*'));
  return `${method} ${parts.join('/')}`;
}

/** What a browser says of a page or a file has its address or its name in it. */
function withoutNames(message: string): string {
  return message
    .replace(/"[^"]*"|“[^”]*”|'[^']*'/g, '(name)')
    .replace(/[a-z][a-z+.-]*:\/\/\S+/gi, '(address)');
}
