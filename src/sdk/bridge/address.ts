/** Method and route; `:name` stands for a parameter. Safe to show: it holds no value. */
export type Endpoint = `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`;

export type Params = Record<string, string>;

/** @throws TypeError when an id is missing */
export function addressOf(
  endpoint: Endpoint,
  params: Params = {},
): { method: string; path: string } {
  const [method = '', route = ''] = endpoint.split(' ');
  const path = route.replaceAll(/:(\w+)/g, (_, name: string) => segment(name, params[name] ?? ''));
  return { method, path };
}

/** Dots would be resolved away, and so lead to another endpoint. */
function segment(name: string, value: string): string {
  if (/^\.{0,2}$/.test(value))
    throw new TypeError(`The ${name} is missing; give the one you mean.`);
  return encodeURIComponent(value);
}

/**
 * The address without its last slash. Checked here, because fetch would repeat credentials of an
 * address in its error.
 *
 * @throws TypeError
 */
export function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new TypeError('baseUrl must be an http: or https: address without user and password.');
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
