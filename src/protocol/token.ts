/**
 * Tokens are five fields joined by dots:
 * `a.app.userid.expires.signature` (access) and `r.app.userid.0.0.signature` (refresh).
 * The fourth field of an access token is the Unix second at which it ends; clients rely on it.
 */

export interface TokenFields {
  kind: 'access' | 'refresh';
  app: string;
  userid: string;
  /** Unix seconds; 0 for a refresh token, which does not end by itself. */
  expires: number;
}

/** Reads the open part of a token; `undefined` when the text is not a token. Proves nothing. */
export function readToken(token: string): TokenFields | undefined {
  const [kind, app, userid, expires] = token.split('.');
  if ((kind !== 'a' && kind !== 'r') || app === undefined || !userid) return undefined;
  const seconds = Number(expires);
  if (!/^\d+$/.test(expires ?? '') || !Number.isSafeInteger(seconds)) return undefined;
  return { kind: kind === 'a' ? 'access' : 'refresh', app, userid, expires: seconds };
}
