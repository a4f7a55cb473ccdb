/**
 * Client of the Metadisk / Storj Bridge (`gett-sdk/bridge`).
 *
 * @module gett-sdk/bridge
 */
export { SourceChangedError } from '../http/call-errors.ts';
export { type BridgeAuth, basicAuth, keyPairAuth } from './auth.ts';
export type { BucketFields, Buckets } from './buckets.ts';
export { BridgeClient, type BridgeClientOptions, type BridgeInfo } from './client.ts';
export { BridgeError } from './errors/bridge-error.ts';
export { BridgeChannelError, type BridgeChannelErrorCode } from './errors/channel-error.ts';
export type { BridgeErrorCode } from './errors/codes.ts';
export { BridgeConnectionError } from './errors/connection-error.ts';
export type { BridgeEvent, BridgeEventOf, BridgeEventType } from './events.ts';
export type { DownloadOptions, Files, TransferOptions, UploadOptions } from './files.ts';
export { FileHasher, fileHash, passwordHash } from './hash.ts';
export { KeyPair } from './key-pair.ts';
export type { KeyLike, Keys } from './keys.ts';
export { millisecondNonce } from './nonce.ts';
export type { CallOptions } from './requests.ts';
export type {
  Bucket,
  BucketStatus,
  FileEntry,
  Operation,
  Pointer,
  PublicKey,
  Token,
  User,
} from './shapes.ts';
export type { ChannelSocket, ChannelSocketConstructor } from './socket.ts';
export type { Tokens } from './tokens.ts';
export type { Registration, Users } from './users.ts';
