import { GettClient, type GettClientOptions } from '../gett/client.ts';
import type { Credentials } from '../gett/session.ts';
import { memoryTokenStore } from '../gett/tokens.ts';
import { LiveWebSocket } from '../live/node.ts';

/** What the environment says of a Ge.tt service. An empty variable counts as absent. */
export interface GettEnvironment {
  /** `GETT_SERVER`: the address of the service; `/1` is added to one without a path. */
  baseUrl?: string;
  /** `GETT_API_KEY`. */
  apiKey?: string;
  /** `GETT_REFRESH_TOKEN`, else `GETT_EMAIL` and `GETT_PASSWORD`. */
  credentials?: Credentials;
}

/**
 * Reads `GETT_SERVER`, `GETT_API_KEY`, `GETT_EMAIL`, `GETT_PASSWORD` and `GETT_REFRESH_TOKEN`.
 *
 * @param environment variables by name, `process.env` by default
 * @example
 * const { baseUrl = 'https://files.example.org/1' } = gettEnvironment();
 */
export function gettEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): GettEnvironment {
  const value = (name: string) => environment[`GETT_${name}`] || undefined;
  const server = value('SERVER');
  const apiKey = value('API_KEY');
  const credentials = credentialsOf(value('REFRESH_TOKEN'), value('EMAIL'), value('PASSWORD'));
  return {
    ...(server && { baseUrl: apiRootOf(server) }),
    ...(apiKey && { apiKey }),
    ...(credentials && { credentials }),
  };
}

function credentialsOf(
  refreshToken: string | undefined,
  email: string | undefined,
  password: string | undefined,
): Credentials | undefined {
  if (refreshToken) return { refreshToken };
  return email && password ? { email, password } : undefined;
}

/**
 * The API root below the address of a service as people write it: `https://files.example.org` and
 * `files.example.org` mean `https://files.example.org/1`.
 *
 * @throws TypeError when it is not an address; the message does not repeat it
 */
export function apiRootOf(address: string): string {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new TypeError('The server must be an address such as https://files.example.org');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path || '/1'}`;
}

/** Options of {@link createGettClient}: those of `GettClient`, and where else to look. */
export type CreateGettClientOptions = Partial<GettClientOptions> & {
  /** Instead of those of the environment. */
  credentials?: Credentials;
  /** Variables by name, `process.env` by default. */
  environment?: Readonly<Record<string, string | undefined>>;
};

/**
 * A client with the address, the API key and the credentials from the arguments or else the
 * environment, see {@link gettEnvironment}; where both name a service, the key and the credentials of
 * the environment are for the one that it names only. It signs in unless the token store has tokens already;
 * without credentials it is a client of a visitor. The Live API works in every version of Node.
 *
 * @throws TypeError when the address is nowhere; what `signIn` throws
 * @example
 * const gett = await createGettClient({ tokens: fileTokenStore('.secrets/gett.json') });
 * const upload = gett.upload([await fileFromPath('report.pdf')]);
 * console.log(await upload.link);
 * await upload.done;
 */
export async function createGettClient(options: CreateGettClientOptions = {}): Promise<GettClient> {
  const { environment, credentials, ...others } = options;
  const found = gettEnvironment(environment);
  const baseUrl = others.baseUrl ?? found.baseUrl;
  if (!baseUrl) throw new TypeError('There is no address: pass baseUrl, or set GETT_SERVER.');
  // What belongs to the service of the environment is not shown to another one.
  const own = found.baseUrl && originOf(found.baseUrl) !== originOf(baseUrl) ? {} : found;
  const tokens = others.tokens ?? memoryTokenStore();
  const apiKey = others.apiKey ?? own.apiKey;
  const gett = new GettClient({
    WebSocket: LiveWebSocket,
    ...others,
    baseUrl,
    tokens,
    ...(apiKey && { apiKey }),
  });
  const known = credentials ?? own.credentials;
  if (known && !(await tokens.get())) await gett.signIn(known);
  return gett;
}

function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
