import { type Context, found, isVisible, type MethodTable, text } from './methods.ts';
import { CODES, Refusal } from './refusal.ts';

const API_TOKENS_SINCE = 40;

/** Members of revision 2.4. */
function later({ world }: Context): void {
  if (world.apiVersion >= API_TOKENS_SINCE) return;
  throw new Refusal(CODES.unsupported, `API version ${world.apiVersion} does not support this`);
}

function apiToken(context: Context, token: string) {
  later(context);
  const stored = context.world.apiTokens.get(token);
  return found(stored && isVisible(context, stored) ? stored : undefined, 'API token');
}

export const SERVER_METHODS: MethodTable = {
  'server.auth': {
    open: true,
    params: { user: 'string', password: 'string' },
    run({ world, become }, { user, password }) {
      const known = world.users.find((entry) => entry.user === user);
      if (!known || known.password !== password) {
        throw new Refusal(CODES.denied, `wrong user or password ${String(password)}`, { password });
      }
      world.events.push({ time: world.now, message: `signed in: ${known.user}` });
      become({ owner: known.user, superuser: false });
      return null;
    },
  },
  'server.authToken': {
    open: true,
    params: { token: 'string', password: 'string?' },
    run({ world, become }, params) {
      const token = text(params, 'token');
      const api = world.apiTokens.get(token);
      if (api) {
        become({ owner: api.owner ?? '', superuser: false });
        return null;
      }
      world.usableToken(token);
      if (world.passwords.get(token) !== params.password)
        throw new Refusal(CODES.denied, 'password needed');
      become({ owner: `guest-${world.nextId()}`, superuser: false, sharedToken: token });
      return null;
    },
  },
  'server.superuser': {
    params: {},
    run({ world, identity, become }) {
      if (!world.users.some(({ user, superuser }) => superuser && user === identity.owner)) {
        throw new Refusal(CODES.denied, 'this user is no superuser');
      }
      become({ ...identity, superuser: true });
      return null;
    },
  },
  'server.getServerInfo': {
    open: true,
    params: {},
    run: ({ world }) => ({
      version: '2.3.1',
      apiVersion: world.apiVersion,
      revision: 4711,
      serverName: 'reference gateway',
      serverId: '0123456789abcdef0123456789abcdef',
      hostName: 'localhost',
      apiControlPort: 8886,
      allowRemoteControl: true,
      authRequired: true,
      encryptionAvailable: true,
      publicKey: 'c2VydmVy',
      serverExternalAddress: null,
      features: world.features,
    }),
  },
  'server.getEventLog': {
    params: {},
    run(context) {
      later(context);
      return context.world.events;
    },
  },
  'server.createAPIToken': {
    params: {
      description: 'string?',
      expiryTime: 'number?',
      permissions: 'strings?',
      path: 'string?',
    },
    run(context, params) {
      later(context);
      const { world, identity } = context;
      const token = `API.${world.nextId()}`;
      const created = {
        token,
        owner: identity.owner,
        description: '',
        creationTime: world.now,
        expiryTime: null,
        downloadCount: 0,
        downloadLimit: null,
        passwordRequired: false,
        permissions: [],
        path: '/',
        ...params,
      };
      world.apiTokens.set(token, created);
      return created;
    },
  },
  'server.getAPIToken': {
    params: { token: 'string' },
    run: (context, params) => apiToken(context, text(params, 'token')),
  },
  'server.getAPITokens': {
    params: {},
    run(context) {
      later(context);
      return [...context.world.apiTokens.values()].filter((token) => isVisible(context, token));
    },
  },
  'server.deleteAPIToken': {
    params: { token: 'string' },
    run(context, params) {
      context.world.apiTokens.delete(apiToken(context, text(params, 'token')).token);
      return null;
    },
  },
};
