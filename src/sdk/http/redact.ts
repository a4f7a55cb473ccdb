/** A URL without credentials, query and fragment, which may hold tokens and signatures. */
export function redactUrl(url: string | URL): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed ? parsed.origin + parsed.pathname : '(not a URL)';
}

/** Queries of URLs, and tokens (spec section 2) wherever they stand. */
const SECRETS = /\?[^\s"'<>]*=[^\s"'<>]*|\b[ar](?:\.[\w-]+){4,}/g;

/** A foreign text without anything that could be a token or a signature. */
export function redactText(text: string): string {
  return text.replace(SECRETS, '(redacted)');
}

/** An error to hand on as `cause`; `undefined` when any of its texts could hold a query. */
export function safeCause(error: unknown): unknown {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link.message.includes('?')) return undefined;
  }
  return error;
}
