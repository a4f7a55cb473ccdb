/**
 * Client of Ge.tt-compatible file-sharing services, for browsers, extensions and Node.
 *
 * @module gett-sdk
 */
export type {
  LiveDownload,
  LiveFileRef,
  LiveFileStat,
  LiveMessage,
  LiveStorageLimit,
  LiveViolatedTerms,
} from '../protocol/live.ts';
export type { GettFile, GettFileState, GettShareState, GettUpload } from '../protocol/shapes.ts';
export { GettClient, type GettClientOptions } from './gett/client.ts';
export { type CallOptions, type ImageSize, ShareFile } from './gett/file.ts';
export type { Files } from './gett/files.ts';
export type { Credentials, Locks } from './gett/session.ts';
export { type AnnounceOptions, type NewFile, Share } from './gett/share.ts';
export type { ListOptions, Shares } from './gett/shares.ts';
export {
  indexedDbTokenStore,
  memoryTokenStore,
  type TokenStore,
  type Tokens,
} from './gett/tokens.ts';
export type { NamedSource, ShareUpload, ShareUploadOptions } from './gett/upload.ts';
export type { Storage, User } from './gett/user.ts';
export {
  AccessDeniedError,
  BadRequestError,
  InvalidAnswerError,
  NotAnImageError,
  NotFoundError,
  ServerError,
  StorageLimitError,
  TooManyRequestsError,
  UnauthorizedError,
  WrongCredentialsError,
} from './http/answer-errors.ts';
export {
  NetworkError,
  NotSignedInError,
  SourceChangedError,
  StalledError,
  TimeoutError,
} from './http/call-errors.ts';
export type { Clock } from './http/clock.ts';
export {
  GettError,
  type GettErrorCode,
  type GettErrorDetails,
  isGettError,
} from './http/gett-error.ts';
export type { Fetch } from './http/http.ts';
export { LiveConnection, type LiveEvent } from './live/connection.ts';
export type { Live, LiveOptions } from './live/live.ts';
export type { LiveSocket, LiveSocketConstructor } from './live/socket.ts';
export type { QueueItem, QueueState } from './queue/item.ts';
export type { AddOptions, QueueEvent, QueueOptions } from './queue/options.ts';
export { type QueueProgress, type Speed, speedometer } from './queue/progress.ts';
export { UploadQueue } from './queue/queue.ts';
export { indexedDbQueueStore, type QueueStore, type StoredUpload } from './queue/store.ts';
export { uploadFile } from './upload/engine.ts';
export { fetchTransport } from './upload/transports/fetch.ts';

export { xhrTransport } from './upload/transports/xhr.ts';
export type {
  Body,
  StreamSource,
  Transport,
  TransportAnswer,
  TransportRequest,
  Uploader,
  UploadOptions,
  UploadPhase,
  UploadProgress,
  UploadSource,
} from './upload/types.ts';
