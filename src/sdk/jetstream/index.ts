/**
 * Steers JetStream file transfer servers through a gateway that speaks JSON-RPC over WebSocket or, in
 * Node, TCP. The API moves names, not bytes: what is sent is already on the server's disk.
 *
 * @module gett-sdk/jetstream
 */
export {
  JetStreamAuthError,
  JetStreamConnectionError,
  JetStreamError,
  type JetStreamErrorOptions,
  JetStreamNotFoundError,
  JetStreamOperationError,
  JetStreamProtocolError,
  JetStreamStateError,
  JetStreamUnsupportedError,
} from './errors.ts';
export type { ReceiveInterface, ReceiveMethods } from './interfaces/recv.ts';
export type {
  DeleteUserDataOptions,
  DestinationOptions,
  ManifestRequest,
  SendInterface,
  SendMethods,
  SendRateOptions,
  SharedTokenOptions,
  TransferOptions,
} from './interfaces/send-methods.ts';
export type {
  APITokenOptions,
  AuthTokenOptions,
  RequestMethods,
  ServerInterface,
  ServerMethods,
} from './interfaces/server.ts';
export { JetStream, JetStreamApi, type JetStreamOptions, withConnection } from './jetstream.ts';
export { type JetStreamLink, parseJetStreamLink } from './link.ts';
export type {
  ConnectionReference,
  DestinationReference,
  ManifestReference,
  ObjectReference,
  RequestReference,
  TokenReference,
  TransferReference,
} from './references.ts';
export type { CallOptions, RequestHandle, WithAsync } from './rpc/methods.ts';
export type * from './structures.ts';
export { MemoryTransport } from './transports/memory.ts';
export type { JetStreamAddress, JetStreamTransport } from './transports/transport.ts';
export {
  type WebSocketConstructor,
  type WebSocketLike,
  WebSocketTransport,
  type WebSocketTransportOptions,
} from './transports/websocket.ts';
export type { WaitClock, WaitDefaults, WaitOptions } from './wait.ts';
