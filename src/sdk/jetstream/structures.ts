/**
 * Structures that a server gives back, with the vendor's names. Servers of different revisions
 * leave members out or write null for them, so only ids, `processing` and `status` are certain.
 * Members that are not listed here are kept.
 */

/** Microseconds since 1970 UTC; exact as a JavaScript number until the year 2255. */
export type Micros = number;

/** A member that may be missing or null. */
type Maybe<T> = T | null | undefined;

/** Any text is possible while `processing` is true: it is for display then. */
type Status<Known extends string> = Known | (string & {});

/** How far a queued request is. */
export interface RequestStatus {
  requestId?: Maybe<number>;
  processing: boolean;
  status: string;
  errorMessage?: Maybe<string>;
}

/** A list of files on the server's disk that can be sent together. */
export interface Manifest {
  manifestId: string;
  processing: boolean;
  status: Status<'pending' | 'complete' | 'error'>;
  owner?: Maybe<string>;
  errorMessage?: Maybe<string>;
  /** Null until complete. */
  totalFiles?: Maybe<number>;
  /** Bytes; null until complete. */
  totalSize?: Maybe<number>;
  userData?: Maybe<UserData>;
  ownerToken?: Maybe<string>;
  ownerTokenSession?: Maybe<string>;
}

/** The files of a manifest. */
export interface ManifestFiles {
  manifestId: string;
  fileMappings: FileMapping[];
}

/** A file of a manifest: its name there, and where it lies on the server. */
export interface FileMapping {
  srcPath: string;
  destPath: string;
  /** Bytes. */
  fileSize?: Maybe<number>;
  isEmptyDir?: Maybe<boolean>;
  executable?: Maybe<boolean>;
  modificationTime?: Maybe<Micros>;
}

/** Another JetStream server, to which files are sent. */
export interface Destination {
  destinationId: string;
  connectionId?: Maybe<string>;
  owner?: Maybe<string>;
  destinationAddress?: Maybe<string>;
  destinationIP?: Maybe<string>;
  /** UDP. */
  destinationPort?: Maybe<number>;
  destinationPublicKey?: Maybe<string>;
  permittedDestinationPublicKey?: Maybe<string>;
  encryptionEnabled?: Maybe<boolean>;
  encryptedConnectionState?: Maybe<Status<'disconnected' | 'negotiating' | 'connected'>>;
  lastDestinationServerId?: Maybe<string>;
  lastDestinationServerUid?: Maybe<string>;
  lastError?: unknown;
  lastErrorMessage?: Maybe<string>;
  lastRecvTime?: Maybe<Micros>;
  lastSendTime?: Maybe<Micros>;
  numTransfersQueued?: Maybe<number>;
  userData?: Maybe<UserData>;
}

/** A connection to a destination. The vendor documents the methods but no member except the id. */
export interface Connection {
  connectionId: string;
  [more: string]: unknown;
}

/** The sending of one manifest to one destination. */
export interface Transfer {
  transferId: string;
  processing: boolean;
  status: Status<'pending' | 'sending' | 'complete' | 'suspended' | 'error'>;
  manifestId?: Maybe<string>;
  destinationId?: Maybe<string>;
  owner?: Maybe<string>;
  errorMessage?: Maybe<string>;
  destinationPath?: Maybe<string>;
  priority?: Maybe<number>;
  checkpointFrequencySeconds?: Maybe<number>;
  totalBytes?: Maybe<number>;
  totalBlocks?: Maybe<number>;
  /** Bytes, 256 in every example. */
  blockSize?: Maybe<number>;
  blocksSent?: Maybe<number>;
  blocksAcked?: Maybe<number>;
  blocksRetransmitted?: Maybe<number>;
  bytesSent?: Maybe<number>;
  bytesRecv?: Maybe<number>;
  packetsSent?: Maybe<number>;
  packetsRecv?: Maybe<number>;
  requestTime?: Maybe<Micros>;
  queueTime?: Maybe<Micros>;
  startTime?: Maybe<Micros>;
  endTime?: Maybe<Micros>;
  snapshotTime?: Maybe<Micros>;
  userData?: Maybe<UserData>;
}

/** Lets somebody without an account fetch the files of one manifest. */
export interface SharedToken {
  /** For example `MAYWEBRO.TRUPO.VEVEEBLU`. */
  token: string;
  manifestId?: Maybe<string>;
  owner?: Maybe<string>;
  description?: Maybe<string>;
  creationTime?: Maybe<Micros>;
  expiryTime?: Maybe<Micros>;
  /** Transfers made with it. */
  downloadCount?: Maybe<number>;
  /** Transfers allowed; null for any number. */
  downloadLimit?: Maybe<number>;
  passwordRequired?: Maybe<boolean>;
}

/** A token that stands in for user and password (servers from 2.4). */
export interface APIToken extends Omit<SharedToken, 'manifestId'> {
  permissions?: Maybe<string[]>;
  path?: Maybe<string>;
}

/** What a server tells of itself. */
export interface ServerInfo {
  version?: Maybe<string>;
  apiVersion?: Maybe<number>;
  revision?: Maybe<number>;
  serverName?: Maybe<string>;
  serverId?: Maybe<string>;
  hostName?: Maybe<string>;
  apiControlPort?: Maybe<number>;
  allowRemoteControl?: Maybe<boolean>;
  authRequired?: Maybe<boolean>;
  encryptionAvailable?: Maybe<boolean>;
  publicKey?: Maybe<string>;
  serverExternalAddress?: Maybe<string>;
  /** Abilities of a gateway; `waitFor` means that it answers waiters late, without polling. */
  features?: Maybe<string[]>;
  [more: string]: unknown;
}

/** A transfer that this server receives. */
export interface ReceiveTransfer {
  transferId: string;
  status: Status<'receiving' | 'complete' | 'error'>;
  destinationPath?: Maybe<string>;
  /** Bytes. */
  totalSize?: Maybe<number>;
  sourceIP?: Maybe<string>;
  sourcePort?: Maybe<number>;
  lastRecvTime?: Maybe<Micros>;
  lastSendTime?: Maybe<Micros>;
  lastErrorTime?: Maybe<Micros>;
}

/** A server that sends to this one. */
export interface Source {
  sourceIP?: Maybe<string>;
  sourcePort?: Maybe<number>;
  activeTransferCount?: Maybe<number>;
  inactiveTransferCount?: Maybe<number>;
  completeTransferCount?: Maybe<number>;
  errorTransferCount?: Maybe<number>;
  /** Kilobits per second. */
  aveRecvRate?: Maybe<number>;
  /** Unit not documented. */
  aveRecvRateWindow?: Maybe<number>;
  encryptionEnabled?: Maybe<boolean>;
  encryptedConnectionState?: Maybe<string>;
  destinationPublicKey?: Maybe<string>;
}

/** Values that an application attaches to a manifest, destination or transfer. */
export type UserData = Record<string, unknown>;
