import { type TokenReference, tokenText } from './references.ts';
import { hostAndPort, type JetStreamAddress } from './transports/transport.ts';

/** TCP port of the control API, and the port of a link that names none. */
export const DEFAULT_PORT: number = 8886;

/** What a `jetstream:` link asks the vendor's desktop client to do (spec section 5). */
export type JetStreamLink = JetStreamAddress &
  (
    | { readonly action: 'download'; readonly token: string }
    | { readonly action: 'connect'; readonly token?: string }
  );

/** `jetstream://host[:port]/download?token=…`; the port is left out when it is 8886. */
export function sharedLink(address: JetStreamAddress, token: TokenReference): string {
  const authority = hostAndPort(address).replace(/:8886$/, '');
  return `jetstream://${authority}/download?token=${encodeURIComponent(tokenText(token))}`;
}

/**
 * Reads a link; user information, a fragment and what follows the action in the path are ignored.
 *
 * @throws TypeError for another scheme, no host, an unknown action, or `download` without a token.
 * @example
 * parseJetStreamLink('jetstream://files.example.org/download?token=MAYWEBRO.TRUPO.VEVEEBLU');
 * // { host: 'files.example.org', port: 8886, action: 'download', token: 'MAYWEBRO.TRUPO.VEVEEBLU' }
 */
export function parseJetStreamLink(link: string | URL): JetStreamLink {
  const rest = /^jetstream:\/\/([^/\\].*)$/is.exec(String(link).trim())?.[1];
  // Browsers disagree about hosts in unknown schemes, so the rest is read as that of a known one:
  // https://developer.mozilla.org/en-US/docs/Web/API/URL/hostname
  const url = rest === undefined ? undefined : parseUrl(`http://${rest}`);
  if (!url) throw new TypeError('A JetStream link begins with jetstream:// and a host.');
  const address = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || parseUrl(`https://${rest}`)?.port || DEFAULT_PORT),
  };
  const token = url.searchParams.get('token') || undefined;
  const action = url.pathname.split('/')[1];
  if (action === 'connect') return { ...address, action, ...(token !== undefined && { token }) };
  if (action !== 'download') {
    throw new TypeError('A JetStream link asks for /download or /connect.');
  }
  if (token === undefined) throw new TypeError('A JetStream link for /download needs a token.');
  return { ...address, action, token };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
