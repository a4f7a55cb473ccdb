/**
 * What needs Node, and everything else of the package with it.
 *
 * @module gett-sdk/node
 */

export * from './bridge/node.ts';
export * from './index.ts';
export * from './jetstream/node.ts';
export * from './live/node.ts';
export { type SaveOptions, saveFile } from './node/download.ts';
export {
  type CreateGettClientOptions,
  createGettClient,
  type GettEnvironment,
  gettEnvironment,
} from './node/environment.ts';
export { fileFromPath } from './node/file.ts';
export { fileTokenStore } from './node/token-store.ts';
export * from './smartfile/node.ts';
export { streamTransport } from './upload/transports/stream.ts';
