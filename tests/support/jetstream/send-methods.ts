import type { Destination } from '../../../src/sdk/jetstream/index.ts';
import { type Context, found, isVisible, type MethodTable, text } from './methods.ts';
import type { Params } from './params.ts';
import { CODES, Refusal } from './refusal.ts';
import type { StoredManifest, StoredTransfer } from './world.ts';

const MANIFEST = { manifestId: 'string' } as const;
const DESTINATION = { destinationId: 'string' } as const;
const TRANSFER = { transferId: 'string' } as const;

/** A guest also sees the manifest of the token that let him in. */
function seesManifest(context: Context, { structure }: StoredManifest): boolean {
  const { sharedToken } = context.identity;
  const shared = sharedToken && context.world.sharedTokens.get(sharedToken)?.manifestId;
  return isVisible(context, structure) || shared === structure.manifestId;
}

function manifestOf(context: Context, params: Params): StoredManifest {
  const stored = context.world.manifests.get(text(params, 'manifestId'));
  return found(stored && seesManifest(context, stored) ? stored : undefined, 'manifest');
}

export function completeManifestOf(context: Context, params: Params): StoredManifest {
  const stored = manifestOf(context, params);
  if (stored.structure.status === 'complete') return stored;
  throw new Refusal(CODES.wrongState, 'the manifest is not complete');
}

function destinationOf(context: Context, params: Params): Destination {
  const stored = context.world.destinations.get(text(params, 'destinationId'));
  return found(stored && isVisible(context, stored) ? stored : undefined, 'destination');
}

function transferOf(context: Context, params: Params): StoredTransfer {
  const stored = context.world.transfers.get(text(params, 'transferId'));
  return found(stored && isVisible(context, stored.structure) ? stored : undefined, 'transfer');
}

const MANIFEST_METHODS: MethodTable = {
  'send.createManifest': {
    params: { mappings: 'object', userData: 'object?' },
    run({ world, identity }, { mappings, ...extra }) {
      const structure = {
        manifestId: world.nextId(),
        owner: identity.owner,
        processing: true,
        status: 'pending',
        errorMessage: null,
        totalFiles: null,
        totalSize: null,
        ...extra,
      };
      world.manifests.set(structure.manifestId, {
        structure,
        mappings: mappings as Record<string, string>,
        looksLeft: world.manifestLooks,
      });
      return structure;
    },
  },
  'send.getManifest': {
    params: MANIFEST,
    run(context, params) {
      const stored = manifestOf(context, params);
      context.world.stepManifest(stored);
      return stored.structure;
    },
  },
  'send.getManifests': {
    params: {},
    run: (context) =>
      [...context.world.manifests.values()]
        .filter((stored) => seesManifest(context, stored))
        .map(({ structure }) => structure),
  },
  'send.getManifestFiles': {
    params: MANIFEST,
    run(context, params) {
      const { structure, mappings } = completeManifestOf(context, params);
      const fileMappings = Object.entries(mappings).map(([destPath, srcPath]) => ({
        srcPath,
        destPath,
        fileSize: context.world.files.get(srcPath)?.length ?? 0,
        isEmptyDir: false,
      }));
      return { manifestId: structure.manifestId, fileMappings };
    },
  },
  'send.waitForManifest': {
    params: MANIFEST,
    async run(context, params) {
      const { structure } = manifestOf(context, params);
      await context.stopped(structure);
      return structure;
    },
  },
  'send.deleteManifest': {
    params: MANIFEST,
    run(context, params) {
      context.world.manifests.delete(manifestOf(context, params).structure.manifestId);
      return null;
    },
  },
};

const DESTINATION_METHODS: MethodTable = {
  'send.createDestination': {
    params: { destinationAddress: 'string', destinationPort: 'number' },
    run({ world, identity }, params) {
      const { destinationAddress, destinationPort } = params as Pick<
        Destination,
        'destinationAddress' | 'destinationPort'
      >;
      const existing = [...world.destinations.values()].find(
        (known) =>
          known.owner === identity.owner &&
          known.destinationAddress === destinationAddress &&
          known.destinationPort === destinationPort,
      );
      if (existing) return existing;
      const destination: Destination = {
        destinationId: world.nextId(),
        connectionId: world.nextId(),
        owner: identity.owner,
        destinationAddress,
        destinationIP: '192.0.2.7',
        destinationPort,
        destinationPublicKey: null,
        encryptionEnabled: true,
        encryptedConnectionState: 'disconnected',
        lastDestinationServerId: null,
        lastDestinationServerUid: null,
        lastError: null,
        lastErrorMessage: null,
        lastRecvTime: null,
        lastSendTime: null,
        numTransfersQueued: 0,
      };
      world.destinations.set(destination.destinationId, destination);
      return destination;
    },
  },
  'send.getDestination': { params: DESTINATION, run: destinationOf },
  'send.getDestinations': {
    params: {},
    run: (context) =>
      [...context.world.destinations.values()].filter((known) => isVisible(context, known)),
  },
  'send.deleteDestination': {
    params: DESTINATION,
    run(context, params) {
      context.world.destinations.delete(destinationOf(context, params).destinationId);
      return null;
    },
  },
  'send.getConnection': {
    params: { connectionId: 'string' },
    run(context, { connectionId }) {
      const owners = [...context.world.destinations.values()];
      const known = owners.find((entry) => entry.connectionId === connectionId);
      found(known && isVisible(context, known) ? known : undefined, 'connection');
      return { connectionId, state: 'disconnected' };
    },
  },
  'send.getConnections': {
    params: {},
    run: (context) =>
      [...context.world.destinations.values()]
        .filter((known) => isVisible(context, known))
        .map(({ connectionId }) => ({ connectionId, state: 'disconnected' })),
  },
  'send.setSendRate': {
    asyncOnly: true,
    params: { sendRate: 'number', connectionId: 'string?' },
    run({ world }, { sendRate, connectionId = 'server' }) {
      world.sendRates.set(String(connectionId), Number(sendRate));
      return null;
    },
  },
};

const TRANSFER_METHODS: MethodTable = {
  'send.createTransfer': {
    params: {
      ...DESTINATION,
      ...MANIFEST,
      destinationPath: 'string?',
      priority: 'number?',
      userData: 'object?',
    },
    run(context, { destinationId, manifestId, ...extra }) {
      const { world, identity } = context;
      const destination = destinationOf(context, { destinationId });
      const manifest = completeManifestOf(context, { manifestId });
      if (identity.sharedToken) {
        const token = world.usableToken(identity.sharedToken);
        token.downloadCount = (token.downloadCount ?? 0) + 1;
      }
      const stored = world.newTransfer(identity, manifest, destination, extra);
      world.transfers.set(stored.structure.transferId, stored);
      return stored.structure;
    },
  },
  'send.getTransfer': {
    params: TRANSFER,
    run(context, params) {
      const stored = transferOf(context, params);
      context.world.stepTransfer(stored);
      return stored.structure;
    },
  },
  'send.getTransfers': {
    params: {},
    run: (context) =>
      [...context.world.transfers.values()]
        .map(({ structure }) => structure)
        .filter((structure) => isVisible(context, structure)),
  },
  'send.waitForTransfer': {
    params: TRANSFER,
    async run(context, params) {
      const { structure } = transferOf(context, params);
      await context.stopped(structure);
      return structure;
    },
  },
  'send.suspendTransfer': {
    params: TRANSFER,
    run(context, params) {
      const stored = transferOf(context, params);
      if (!stored.structure.processing) throw new Refusal(CODES.wrongState, 'it is not running');
      stored.ahead = ['suspended'];
      context.world.stepTransfer(stored);
      return stored.structure;
    },
  },
  'send.resumeTransfer': {
    params: TRANSFER,
    run(context, params) {
      const stored = transferOf(context, params);
      if (stored.structure.status !== 'suspended') {
        throw new Refusal(CODES.wrongState, 'the transfer is not suspended');
      }
      Object.assign(stored.structure, { status: 'sending', processing: true, endTime: null });
      stored.ahead = ['complete'];
      return stored.structure;
    },
  },
  'send.deleteTransfer': {
    params: TRANSFER,
    run(context, params) {
      context.world.transfers.delete(transferOf(context, params).structure.transferId);
      return null;
    },
  },
  'send.failTransfer': {
    params: { ...TRANSFER, errorMessage: 'string?' },
    run(context, params) {
      const stored = transferOf(context, params);
      if (!stored.structure.processing) throw new Refusal(CODES.wrongState, 'it is not running');
      stored.ahead = ['error'];
      context.world.stepTransfer(stored);
      stored.structure.errorMessage = text({ errorMessage: 'failed', ...params }, 'errorMessage');
      return null;
    },
  },
};

export const SEND_METHODS: MethodTable = {
  ...MANIFEST_METHODS,
  ...DESTINATION_METHODS,
  ...TRANSFER_METHODS,
};
