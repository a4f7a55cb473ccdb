import { GettClient, memoryTokenStore } from '../sdk/index.ts';
import { LiveWebSocket } from '../sdk/live/node.ts';
import { apiRootOf, gettEnvironment } from '../sdk/node/environment.ts';
import { fileTokenStore } from '../sdk/node/token-store.ts';
import { UsageError } from './errors.ts';
import type { Reference } from './reference.ts';
import { readSettings, tokensFile } from './settings.ts';

/** A service, and a client of it that is signed in if it can be. */
export interface Service {
  baseUrl: string;
  gett: GettClient;
  /** Kept on the disk, not those of the environment. */
  stored: boolean;
}

/** The address from `--server`, `GETT_SERVER` or the last sign-in. */
export async function serverOf(option: string | undefined): Promise<string | undefined> {
  const { baseUrl } = gettEnvironment();
  if (option === undefined) return baseUrl ?? (await readSettings()).server;
  try {
    return apiRootOf(option);
  } catch (error) {
    throw new UsageError(`--server: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A client that keeps its tokens on the disk, signed in or not. */
export function storedClient(baseUrl: string): GettClient {
  const { apiKey } = gettEnvironment();
  return new GettClient({
    baseUrl,
    tokens: fileTokenStore(tokensFile(baseUrl)),
    WebSocket: LiveWebSocket,
    ...(apiKey && { apiKey }),
  });
}

/**
 * The service to work with: that of `--server`, or of the link, or the usual one. Credentials of the
 * environment are for the usual one only, so that no link can ask for them.
 */
export async function openService(
  option: string | undefined,
  reference?: Reference,
): Promise<Service> {
  const usual = await serverOf(option);
  const origin = option === undefined ? reference?.origin : undefined;
  const foreign = origin !== undefined && (!usual || new URL(usual).origin !== origin);
  const baseUrl = foreign ? apiRootOf(origin) : usual;
  if (!baseUrl) {
    throw new UsageError(
      'Which server? Run gett login --server https://files.example.org once, or set GETT_SERVER.',
    );
  }
  const { credentials, apiKey } = gettEnvironment();
  if (!credentials || foreign) return { baseUrl, gett: storedClient(baseUrl), stored: true };
  const gett = new GettClient({
    baseUrl,
    tokens: memoryTokenStore(),
    WebSocket: LiveWebSocket,
    ...(apiKey && { apiKey }),
  });
  await gett.signIn(credentials);
  return { baseUrl, gett, stored: false };
}
