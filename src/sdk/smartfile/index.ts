/**
 * Client of SmartFile, a hosted file service with public links.
 *
 * @module gett-sdk/smartfile
 */
export type { StreamSource, UploadProgress, UploadSource } from '../upload/types.ts';
export type { Identifier } from './address.ts';
export { type ApiKey, apiKey, login, type SmartFileAuth } from './auth.ts';
export { BasicClient, type BasicClientOptions } from './basic-client.ts';
export {
  type DecodedVerbOptions,
  SmartFileClient,
  type SmartFileOptions,
  type Verb,
  type VerbOptions,
} from './client.ts';
export type { CallOptions, ConnectionOptions, OnProgress } from './connection.ts';
export {
  type FieldErrors,
  SmartFileConfigurationError,
  SmartFileError,
  SmartFileRequestError,
  SmartFileResponseError,
  SmartFileTaskError,
  type TaskFailure,
} from './errors.ts';
export type { Parameters, ParameterValue } from './form.ts';
export type {
  ExchangeOptions,
  LinkOptions,
  SmartFileExchange,
  SmartFileLinks,
} from './links.ts';
export type { FilePart } from './multipart.ts';
export { type OAuthOptions, type OAuthToken, oauth, SmartFileOAuth } from './oauth.ts';
export { OAuthClient, type OAuthClientOptions } from './oauth-client.ts';
export type {
  DownloadOptions,
  ListOptions,
  SmartFilePaths,
  UploadOptions,
} from './paths.ts';
export type {
  AccessRights,
  Exchange,
  Link,
  PathInfo,
  Task,
  TaskOutcome,
  TaskResult,
  WhoAmI,
} from './shapes.ts';
export type { Share, ShareOptions } from './share.ts';
export type { SmartFileTasks, TaskHandle, WaitOptions } from './tasks.ts';
export type { ThrottleOptions } from './throttle.ts';
