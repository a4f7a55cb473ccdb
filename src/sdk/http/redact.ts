/** A URL without credentials, query and fragment, which may hold tokens and signatures. */
export function redactUrl(url: string | URL): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed ? parsed.origin + parsed.pathname : '(not a URL)';
}

/** An error to hand on as `cause`; `undefined` when any of its texts could hold a query. */
export function safeCause(error: unknown): unknown {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link.message.includes('?')) return undefined;
  }
  return error;
}
