import mime from 'mime';

/** Media types that a browser shows without running anything of theirs. */
const INLINE = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/vnd.microsoft.icon',
  'application/pdf',
  // Never shown, with `nosniff`: a browser saves it whatever the disposition says.
  'application/octet-stream',
]);

/** Foreign bytes get an origin of their own and may load nothing but themselves. */
const INERT =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; sandbox";
/** The PDF viewers of Chromium and Firefox do not start inside a sandbox. */
const INERT_PDF =
  "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/** The headers that say what foreign bytes are and keep them from doing anything. */
export function contentHeaders(
  filename: string,
  { download }: { download: boolean },
): Record<string, string> {
  const type = mime.getType(filename) ?? 'application/octet-stream';
  const text = type === 'text/plain';
  const inline = text || INLINE.has(type) || /^(audio|video)\//.test(type);
  return {
    'Content-Type': text ? 'text/plain; charset=utf-8' : type,
    'Content-Disposition': disposition(inline && !download ? 'inline' : 'attachment', filename),
    'Content-Security-Policy': type === 'application/pdf' ? INERT_PDF : INERT,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Referrer-Policy': 'no-referrer',
  };
}

/**
 * Both spellings of the name: plain for old clients, RFC 8187 for all others (RFC 6266). A title
 * may hold a slash, a name for saving may not.
 */
export function disposition(kind: 'inline' | 'attachment', title: string): string {
  const filename = title.replaceAll('/', '_');
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
