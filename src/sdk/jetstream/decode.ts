import {
  array,
  boolean,
  type Decoded,
  DecodeError,
  type Decoder,
  id,
  number,
  type OptionalField,
  object,
  optional,
  string,
  withDefault,
} from '../../protocol/decoder.ts';
import type {
  APIToken,
  Connection,
  Destination,
  Manifest,
  ManifestFiles,
  ReceiveTransfer,
  RequestStatus,
  ServerInfo,
  SharedToken,
  Source,
  Transfer,
  UserData,
} from './structures.ts';

/** The result of a method that has none. */
export const nothing: Decoder<void> = () => undefined;

/** Something that the vendor does not document. */
export const anything: Decoder<unknown> = (value) => value ?? undefined;

const members: Decoder<UserData> = (value, path) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new DecodeError(path, 'an object');
};

/** A member that may be missing or null. */
const maybe = <T>(inner: Decoder<T>): OptionalField<T | null> => optional(inner);

/** Checks the members in the table and keeps all others, nulls included. */
function structure<S extends Parameters<typeof object>[0]>(
  fields: S,
): Decoder<UserData & Decoded<S>> {
  const known = object(fields);
  return (value, path) => ({ ...members(value, path), ...known(value, path) });
}

export const requestHandle: Decoder<{ requestId: number }> = structure({ requestId: number });

export const requestStatus: Decoder<RequestStatus> = structure({
  requestId: maybe(number),
  processing: boolean,
  status: string,
  errorMessage: maybe(string),
});

export const manifest: Decoder<Manifest> = structure({
  manifestId: id,
  processing: boolean,
  status: string,
  owner: maybe(string),
  errorMessage: maybe(string),
  totalFiles: maybe(number),
  totalSize: maybe(number),
  userData: maybe(members),
  ownerToken: maybe(string),
  ownerTokenSession: maybe(string),
});

export const manifestFiles: Decoder<ManifestFiles> = structure({
  manifestId: id,
  fileMappings: withDefault(
    array(
      structure({
        srcPath: maybe(string),
        destPath: maybe(string),
        fileSize: maybe(number),
        isEmptyDir: maybe(boolean),
        executable: maybe(boolean),
        modificationTime: maybe(number),
      }),
    ),
    [],
  ),
});

export const destination: Decoder<Destination> = structure({
  destinationId: id,
  connectionId: maybe(id),
  owner: maybe(string),
  destinationAddress: maybe(string),
  destinationIP: maybe(string),
  destinationPort: maybe(number),
  destinationPublicKey: maybe(string),
  permittedDestinationPublicKey: maybe(string),
  encryptionEnabled: maybe(boolean),
  encryptedConnectionState: maybe(string),
  lastDestinationServerId: maybe(id),
  lastDestinationServerUid: maybe(id),
  lastErrorMessage: maybe(string),
  lastRecvTime: maybe(number),
  lastSendTime: maybe(number),
  numTransfersQueued: maybe(number),
  userData: maybe(members),
});

export const connection: Decoder<Connection> = structure({ connectionId: id });

export const transfer: Decoder<Transfer> = structure({
  transferId: id,
  processing: boolean,
  status: string,
  manifestId: maybe(id),
  destinationId: maybe(id),
  owner: maybe(string),
  errorMessage: maybe(string),
  destinationPath: maybe(string),
  priority: maybe(number),
  checkpointFrequencySeconds: maybe(number),
  totalBytes: maybe(number),
  totalBlocks: maybe(number),
  blockSize: maybe(number),
  blocksSent: maybe(number),
  blocksAcked: maybe(number),
  blocksRetransmitted: maybe(number),
  bytesSent: maybe(number),
  bytesRecv: maybe(number),
  packetsSent: maybe(number),
  packetsRecv: maybe(number),
  requestTime: maybe(number),
  queueTime: maybe(number),
  startTime: maybe(number),
  endTime: maybe(number),
  snapshotTime: maybe(number),
  userData: maybe(members),
});

const tokenFields = {
  token: string,
  owner: maybe(string),
  description: maybe(string),
  creationTime: maybe(number),
  expiryTime: maybe(number),
  downloadCount: maybe(number),
  downloadLimit: maybe(number),
  passwordRequired: maybe(boolean),
};

export const sharedToken: Decoder<SharedToken> = structure({
  ...tokenFields,
  manifestId: maybe(id),
});

export const apiToken: Decoder<APIToken> = structure({
  ...tokenFields,
  permissions: maybe(array(string)),
  path: maybe(string),
});

export const serverInfo: Decoder<ServerInfo> = structure({
  version: maybe(string),
  apiVersion: maybe(number),
  revision: maybe(number),
  serverName: maybe(string),
  serverId: maybe(id),
  hostName: maybe(string),
  apiControlPort: maybe(number),
  allowRemoteControl: maybe(boolean),
  authRequired: maybe(boolean),
  encryptionAvailable: maybe(boolean),
  publicKey: maybe(string),
  serverExternalAddress: maybe(string),
  features: maybe(array(string)),
});

export const receiveTransfer: Decoder<ReceiveTransfer> = structure({
  transferId: id,
  status: string,
  destinationPath: maybe(string),
  totalSize: maybe(number),
  sourceIP: maybe(string),
  sourcePort: maybe(number),
  lastRecvTime: maybe(number),
  lastSendTime: maybe(number),
  lastErrorTime: maybe(number),
});

export const source: Decoder<Source> = structure({
  sourceIP: maybe(string),
  sourcePort: maybe(number),
  activeTransferCount: maybe(number),
  inactiveTransferCount: maybe(number),
  completeTransferCount: maybe(number),
  errorTransferCount: maybe(number),
  aveRecvRate: maybe(number),
  aveRecvRateWindow: maybe(number),
  encryptionEnabled: maybe(boolean),
  encryptedConnectionState: maybe(string),
  destinationPublicKey: maybe(string),
});
