import { type GettErrorCode, isGettError } from '../../sdk/index.ts';
import {
  JetStream,
  type JetStreamApi,
  JetStreamAuthError,
  JetStreamConnectionError,
  JetStreamNotFoundError,
  JetStreamOperationError,
  JetStreamStateError,
  JetStreamUnsupportedError,
  WebSocketTransport,
  withConnection,
} from '../../sdk/jetstream/index.ts';
import type { ServiceAddress } from '../account/keeper.ts';
import { openSecret } from '../account/vault.ts';
import type { ForeignService } from './foreign.ts';
import { ServiceError } from './service-error.ts';

const PORT = 8886;

/** JetStream: files that already lie on the server's disk are shared by a token link. */
export function createJetStream({ id, server }: ServiceAddress): ForeignService {
  const secret = openSecret(id);
  const { hostname, port, url } = gatewayOf(server);

  /** Signing in concerns a connection, and each call has one of its own. */
  async function use<T>(
    call: (api: JetStreamApi) => Promise<T>,
    credentials?: { email: string; password: string },
  ): Promise<T> {
    const [user, password] = credentials
      ? [credentials.email, credentials.password]
      : JSON.parse((await secret.get()) ?? '[]');
    if (typeof user !== 'string' || typeof password !== 'string') {
      throw new ServiceError('There is no password for JetStream.', 'not-signed-in');
    }
    const client = new JetStream({ transport: () => new WebSocketTransport({ url }) });
    try {
      return await withConnection(client.api(hostname, port), async (api) => {
        await api.server.auth(user, password);
        return call(api);
      });
    } catch (error) {
      if (isGettError(error)) throw error;
      throw new ServiceError(String(error), codeOf(error), { cause: error });
    }
  }

  return {
    async signIn(credentials) {
      await use(async () => undefined, credentials);
      const { email, password } = credentials;
      await secret.set(JSON.stringify([email, password]));
      return { email, name: email };
    },
    profile: () =>
      use(async () => {
        const [user = ''] = JSON.parse((await secret.get()) ?? '[]');
        return { email: String(user), name: String(user) };
      }),
    list: (count) =>
      use(async (api) => {
        const tokens = await api.send.getSharedTokens();
        const shares = tokens.toReversed().map((token) => ({
          sharename: token.token,
          url: api.sharedLink(token),
          files: [{ name: token.description || token.token }],
          ...(token.creationTime && { created: token.creationTime / 1_000 }),
          ...(typeof token.downloadCount === 'number' && { downloads: token.downloadCount }),
        }));
        return { shares: shares.slice(0, count), more: shares.length > count };
      }),
    remove: (token) => use((api) => api.send.deleteSharedToken(token)),
    sharePath: (path) =>
      use(async (api) => {
        const name = path.slice(path.lastIndexOf('/') + 1);
        const manifest = await api.send.waitForManifest(
          await api.send.createManifest({ mappings: { [`/${name}`]: path } }),
          { throwOnError: true },
        );
        const token = await api.send.createSharedToken(manifest, { description: name });
        return { sharename: token.token, url: api.sharedLink(token) };
      }),
  };
}

/** `https://files.example.org` means the gateway at `wss://files.example.org:8886/api`. */
function gatewayOf(server: string): { hostname: string; port: number; url: string } {
  const { protocol, hostname, port, pathname } = new URL(server);
  const scheme = protocol === 'http:' ? 'ws:' : 'wss:';
  const path = pathname === '/' ? '/api' : pathname;
  const number = Number(port || PORT);
  return {
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: number,
    url: `${scheme}//${hostname}:${number}${path}`,
  };
}

function codeOf(error: unknown): GettErrorCode {
  if (error instanceof JetStreamAuthError) return 'wrong-credentials';
  if (error instanceof JetStreamConnectionError) return 'network';
  if (error instanceof JetStreamNotFoundError) return 'not-found';
  // The manifest could not be made: there is no such file on the server.
  if (error instanceof JetStreamOperationError) return 'not-found';
  if (error instanceof JetStreamStateError) return 'server';
  if (error instanceof JetStreamUnsupportedError) return 'bad-request';
  return 'invalid-answer';
}
