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
  /** Some servers leave it out of the answer. */
  requestId?: Maybe<number>;
  /** True until there is a result. */
  processing: boolean;
  /** For display while `processing`; `complete` or `error` afterwards. */
  status: string;
  /** What went wrong, in the server's words; missing or empty while nothing has. */
  errorMessage?: Maybe<string>;
}

/** A list of files on the server's disk that can be sent together. */
export interface Manifest {
  /** Opaque; stays the same while the manifest exists. */
  manifestId: string;
  /** True while the server looks at its disk. */
  processing: boolean;
  /** Only a `complete` one can be transferred. */
  status: Status<'pending' | 'complete' | 'error'>;
  /** User who made it; only this one and superusers see it. */
  owner?: Maybe<string>;
  /** What went wrong, in the server's words; missing or empty while nothing has. */
  errorMessage?: Maybe<string>;
  /** Null until complete. */
  totalFiles?: Maybe<number>;
  /** Bytes; null until complete. */
  totalSize?: Maybe<number>;
  /** What the application has attached, see `updateObjectUserData`. */
  userData?: Maybe<UserData>;
  /** Meaning not documented. */
  ownerToken?: Maybe<string>;
  /** Meaning not documented. */
  ownerTokenSession?: Maybe<string>;
}

/** The files of a manifest. */
export interface ManifestFiles {
  /** Of the manifest that was asked for. */
  manifestId: string;
  /** One for each file, and for each directory without files; none when the server tells none. */
  fileMappings: FileMapping[];
}

/** A file of a manifest: its name there, and where it lies on the server. */
export interface FileMapping {
  /** Path on the disk of the sending server: a value of `mappings`. */
  srcPath?: Maybe<string>;
  /** Path at the destination: a key of `mappings`. */
  destPath?: Maybe<string>;
  /** Bytes. */
  fileSize?: Maybe<number>;
  /** A directory without files, which is made all the same. */
  isEmptyDir?: Maybe<boolean>;
  /** Whether it may be run at the source. Not every server tells. */
  executable?: Maybe<boolean>;
  /** Of the file at the source. Not every server tells. */
  modificationTime?: Maybe<Micros>;
}

/** Another JetStream server, to which files are sent. */
export interface Destination {
  /** Opaque; the same for the same address, port and owner. */
  destinationId: string;
  /** Of the connection over which files go there, see `getConnection`. */
  connectionId?: Maybe<string>;
  /** User who made it. */
  owner?: Maybe<string>;
  /** As given to `createDestination`: a name or an IP address. */
  destinationAddress?: Maybe<string>;
  /** What that name was resolved to. */
  destinationIP?: Maybe<string>;
  /** UDP. */
  destinationPort?: Maybe<number>;
  /** Identifies the other server; null while it is not known. */
  destinationPublicKey?: Maybe<string>;
  /** The key that the other server has to show; by its name, as it is documented nowhere. */
  permittedDestinationPublicKey?: Maybe<string>;
  /** Whether files are encrypted on their way. */
  encryptionEnabled?: Maybe<boolean>;
  /** How far the encryption is agreed on. */
  encryptedConnectionState?: Maybe<Status<'disconnected' | 'negotiating' | 'connected'>>;
  /** `serverId` of the server that answered last; null before any did. */
  lastDestinationServerId?: Maybe<string>;
  /** Another id of that server; the vendor does not document how they differ. */
  lastDestinationServerUid?: Maybe<string>;
  /** Shape not documented; `lastErrorMessage` is its text. */
  lastError?: unknown;
  /** Why the connection was last lost or refused; null when it never was. */
  lastErrorMessage?: Maybe<string>;
  /** When something last came from there; null for never. */
  lastRecvTime?: Maybe<Micros>;
  /** When something was last sent there; null for never. */
  lastSendTime?: Maybe<Micros>;
  /** Transfers that wait to be sent there. */
  numTransfersQueued?: Maybe<number>;
  /** What the application has attached, see `updateObjectUserData`. */
  userData?: Maybe<UserData>;
}

/** A connection to a destination. The vendor documents the methods but no member except the id. */
export interface Connection {
  /** What {@link Destination.connectionId} names. */
  connectionId: string;
  [more: string]: unknown;
}

/** The sending of one manifest to one destination. */
export interface Transfer {
  /** Opaque; what `getTransfer` takes. */
  transferId: string;
  /** True until it is `complete`, `suspended` or `error`. */
  processing: boolean;
  /** `suspended` ones go on with `resumeTransfer`. */
  status: Status<'pending' | 'sending' | 'complete' | 'suspended' | 'error'>;
  /** What is sent. The manifest may have been deleted meanwhile. */
  manifestId?: Maybe<string>;
  /** Where it is sent. */
  destinationId?: Maybe<string>;
  /** User who made it; only this one and superusers see it. */
  owner?: Maybe<string>;
  /** What went wrong, in the server's words; missing or empty while nothing has. */
  errorMessage?: Maybe<string>;
  /** Folder at the destination; null for its own choice. */
  destinationPath?: Maybe<string>;
  /** As given to `createTransfer`; range and default are not documented. */
  priority?: Maybe<number>;
  /** Seconds from one checkpoint to the next; what one keeps is not documented. */
  checkpointFrequencySeconds?: Maybe<number>;
  /** Of all its files together. */
  totalBytes?: Maybe<number>;
  /** The same in blocks of `blockSize`. */
  totalBlocks?: Maybe<number>;
  /** Bytes, 256 in every example. */
  blockSize?: Maybe<number>;
  /** Whether blocks that were sent again count is not documented. */
  blocksSent?: Maybe<number>;
  /** Blocks that the destination has acknowledged: against `totalBlocks` this is the progress. */
  blocksAcked?: Maybe<number>;
  /** Blocks sent again because they were lost. */
  blocksRetransmitted?: Maybe<number>;
  /** Whether what frames the blocks counts is not documented. */
  bytesSent?: Maybe<number>;
  /** What the destination has answered. */
  bytesRecv?: Maybe<number>;
  /** UDP packets. */
  packetsSent?: Maybe<number>;
  /** UDP packets. */
  packetsRecv?: Maybe<number>;
  /** When it was asked for. */
  requestTime?: Maybe<Micros>;
  /** When it was put in line; null before. */
  queueTime?: Maybe<Micros>;
  /** When sending began; null before. */
  startTime?: Maybe<Micros>;
  /** When it ended, well or not; null before. */
  endTime?: Maybe<Micros>;
  /** The time that the counts are of. */
  snapshotTime?: Maybe<Micros>;
  /** What the application has attached, see `updateObjectUserData`. */
  userData?: Maybe<UserData>;
}

/** Lets somebody without an account fetch the files of one manifest. */
export interface SharedToken {
  /** For example `MAYWEBRO.TRUPO.VEVEEBLU`. */
  token: string;
  /** The only manifest that is seen with it. */
  manifestId?: Maybe<string>;
  /** User who made it. */
  owner?: Maybe<string>;
  /** For people. */
  description?: Maybe<string>;
  /** When it was made. */
  creationTime?: Maybe<Micros>;
  /** When it becomes invalid; null for never. */
  expiryTime?: Maybe<Micros>;
  /** Transfers made with it. */
  downloadCount?: Maybe<number>;
  /** Transfers allowed; null for any number. */
  downloadLimit?: Maybe<number>;
  /** Whether `authToken` needs a password besides. */
  passwordRequired?: Maybe<boolean>;
}

/** A token that stands in for user and password (servers from 2.4). */
export interface APIToken extends Omit<SharedToken, 'manifestId'> {
  /** What it permits. The vendor lists no names. */
  permissions?: Maybe<string[]>;
  /** Folder on the server's disk that it is limited to. */
  path?: Maybe<string>;
}

/** What a server tells of itself. */
export interface ServerInfo {
  /** For example `2.3.1`. */
  version?: Maybe<string>;
  /** Grows with what the API can do, for example 30. */
  apiVersion?: Maybe<number>;
  /** Of the program; not documented further. */
  revision?: Maybe<number>;
  /** For people. */
  serverName?: Maybe<string>;
  /** Opaque; other servers have it as {@link Destination.lastDestinationServerId}. */
  serverId?: Maybe<string>;
  /** Of the machine, as it calls itself. */
  hostName?: Maybe<string>;
  /** TCP, on which this API is spoken; 8886 unless it was changed. */
  apiControlPort?: Maybe<number>;
  /** Whether other machines may use the API; by its name, as it is documented nowhere. */
  allowRemoteControl?: Maybe<boolean>;
  /** Whether `auth` or `authToken` has to come before anything else. */
  authRequired?: Maybe<boolean>;
  /** Whether it can encrypt what it sends. */
  encryptionAvailable?: Maybe<boolean>;
  /** Identifies the server to others, see {@link Destination.destinationPublicKey}. */
  publicKey?: Maybe<string>;
  /** Under which it is reached from outside; null when it is not known. */
  serverExternalAddress?: Maybe<string>;
  /** Abilities of a gateway; `waitFor` means that it answers waiters late, without polling. */
  features?: Maybe<string[]>;
  [more: string]: unknown;
}

/** A transfer that this server receives. */
export interface ReceiveTransfer {
  /** Opaque. */
  transferId: string;
  /** `receiving` until it has ended. */
  status: Status<'receiving' | 'complete' | 'error'>;
  /** Folder on this server; null for its own choice. */
  destinationPath?: Maybe<string>;
  /** Bytes. */
  totalSize?: Maybe<number>;
  /** Of the sending server. */
  sourceIP?: Maybe<string>;
  /** UDP. */
  sourcePort?: Maybe<number>;
  /** When something of it last came; null for never. */
  lastRecvTime?: Maybe<Micros>;
  /** When the sender was last answered; null for never. */
  lastSendTime?: Maybe<Micros>;
  /** When something last went wrong; null for never. */
  lastErrorTime?: Maybe<Micros>;
}

/** A server that sends to this one. */
export interface Source {
  /** Of the sending server. */
  sourceIP?: Maybe<string>;
  /** UDP. */
  sourcePort?: Maybe<number>;
  /** Transfers of which something is coming. */
  activeTransferCount?: Maybe<number>;
  /** Transfers that rest; by its name, as it is documented nowhere. */
  inactiveTransferCount?: Maybe<number>;
  /** Transfers that ended well. */
  completeTransferCount?: Maybe<number>;
  /** Transfers that ended badly. */
  errorTransferCount?: Maybe<number>;
  /** Kilobits per second. */
  aveRecvRate?: Maybe<number>;
  /** Unit not documented. */
  aveRecvRateWindow?: Maybe<number>;
  /** Whether the sender encrypts. */
  encryptionEnabled?: Maybe<boolean>;
  /** How far the encryption is agreed on. */
  encryptedConnectionState?: Maybe<string>;
  /** Identifies this server to the sender; null while it does not. */
  destinationPublicKey?: Maybe<string>;
}

/** Values that an application attaches to a manifest, destination or transfer. */
export type UserData = Record<string, unknown>;
