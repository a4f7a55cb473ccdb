import type { UserData } from '../../../src/sdk/jetstream/index.ts';
import { type Context, found, isVisible, type MethodTable, text } from './methods.ts';
import type { Params } from './params.ts';
import { completeManifestOf } from './send-methods.ts';

function sharedTokenOf(context: Context, params: Params) {
  const stored = context.world.sharedTokens.get(text(params, 'token'));
  return found(stored && isVisible(context, stored) ? stored : undefined, 'shared token');
}

function objectOf(context: Context, params: Params): { userData?: UserData | null | undefined } {
  const { manifests, destinations, transfers } = context.world;
  const id = text(params, 'objectId');
  const object =
    manifests.get(id)?.structure ?? destinations.get(id) ?? transfers.get(id)?.structure;
  return found(object && isVisible(context, object) ? object : undefined, 'object');
}

export const TOKEN_METHODS: MethodTable = {
  'send.createSharedToken': {
    params: {
      manifestId: 'string',
      description: 'string?',
      expiryTime: 'number?',
      downloadLimit: 'number?',
      password: 'string?',
    },
    run(context, { password, ...params }) {
      const { world, identity } = context;
      const { structure } = completeManifestOf(context, params);
      const token = `MAYWEBRO.TRUPO.N${world.nextId()}`;
      const stored = {
        token,
        owner: identity.owner,
        description: '',
        creationTime: world.now,
        expiryTime: null,
        downloadCount: 0,
        downloadLimit: null,
        passwordRequired: password !== undefined,
        ...params,
        manifestId: structure.manifestId,
      };
      world.sharedTokens.set(token, stored);
      if (password !== undefined) world.passwords.set(token, text({ password }, 'password'));
      return stored;
    },
  },
  'send.getSharedToken': {
    params: { token: 'string' },
    run: (context, params) => sharedTokenOf(context, params),
  },
  'send.getSharedTokens': {
    params: {},
    run: (context) =>
      [...context.world.sharedTokens.values()].filter((token) => isVisible(context, token)),
  },
  'send.deleteSharedToken': {
    params: { token: 'string' },
    run(context, params) {
      context.world.sharedTokens.delete(sharedTokenOf(context, params).token);
      return null;
    },
  },
  'send.updateObjectUserData': {
    params: { objectId: 'string', userData: 'object' },
    run(context, params) {
      const object = objectOf(context, params);
      object.userData = { ...object.userData, ...(params.userData as UserData) };
      return null;
    },
  },
  'send.deleteObjectUserData': {
    params: { objectId: 'string', keys: 'strings?' },
    run(context, params) {
      const object = objectOf(context, params);
      const keys = (params.keys ?? Object.keys(object.userData ?? {})) as string[];
      const kept = Object.entries(object.userData ?? {}).filter(([key]) => !keys.includes(key));
      object.userData = Object.fromEntries(kept);
      return null;
    },
  },
};
