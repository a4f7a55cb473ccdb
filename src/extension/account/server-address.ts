/** A server as the user names it, in the forms that the extension needs. */
export interface ServerAddress {
  /** As shown and kept, for example `https://files.example.org`. */
  address: string;
  /** API root, for example `https://files.example.org/1`. */
  baseUrl: string;
  /** Match pattern of the host permission. Without a port: Firefox's patterns have none. */
  origin: string;
}

export type AddressProblem = 'server-invalid' | 'server-insecure';

export const DEFAULT_SERVER = 'http://127.0.0.1:4380';

/**
 * Reads an address as people type it: a host alone means `https:`, a path of its own is kept
 * (`https://example.org/gett`), `/1` at the end is not doubled. `http:` sends the password in
 * clear, so it is for this computer and the home network only.
 */
export function parseServer(text: string): ServerAddress | AddressProblem {
  const typed = text.trim();
  const url = parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || url.username !== '' || url.password !== '') return 'server-invalid';
  if (url.protocol === 'http:' && !isLocal(url.hostname)) return 'server-insecure';
  const path = url.pathname.replace(/\/+$/, '').replace(/\/1$/, '');
  const address = `${url.origin}${path}`;
  return {
    address,
    baseUrl: `${address}/1`,
    origin: `${url.protocol}//${url.hostname}/*`,
  };
}

/** Whether what is typed is an address to which everything would go unencrypted over a network. */
export function isReadByOthers(text: string): boolean {
  const server = parseServer(text);
  if (typeof server === 'string') return false;
  const { protocol, hostname } = new URL(server.address);
  return protocol === 'http:' && !isLoopback(hostname);
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    host.endsWith('.localhost') ||
    /^127(\.\d+){3}$/.test(host)
  );
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * This computer, private ranges (RFC 1918 and, for IPv6, RFC 4193 and link-local), and names that
 * only a home network resolves.
 */
function isLocal(host: string): boolean {
  return (
    isLoopback(host) ||
    /\.(local|lan|home\.arpa)$/.test(host) ||
    /^10(\.\d+){3}$/.test(host) ||
    /^192\.168(\.\d+){2}$/.test(host) ||
    /^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/.test(host) ||
    /^\[(f[cd]|fe[89ab])[\da-f]{0,2}:/.test(host)
  );
}
