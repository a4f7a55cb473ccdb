/** The parameters that most methods have: one object, or none. */
import {
  type ConnectionReference,
  connectionId,
  type DestinationReference,
  destinationId,
  type ManifestReference,
  manifestId,
  type TokenReference,
  type TransferReference,
  tokenText,
  transferId,
} from '../references.ts';
import type { CallOptions, Sent } from '../rpc/methods.ts';

export const noParams = (options?: CallOptions): Sent => [{}, options];

export const ofManifest = (manifest: ManifestReference, options?: CallOptions): Sent => [
  { manifestId: manifestId(manifest) },
  options,
];

export const ofDestination = (destination: DestinationReference, options?: CallOptions): Sent => [
  { destinationId: destinationId(destination) },
  options,
];

export const ofConnection = (connection: ConnectionReference, options?: CallOptions): Sent => [
  { connectionId: connectionId(connection) },
  options,
];

export const ofTransfer = (transfer: TransferReference, options?: CallOptions): Sent => [
  { transferId: transferId(transfer) },
  options,
];

export const ofToken = (token: TokenReference, options?: CallOptions): Sent => [
  { token: tokenText(token) },
  options,
];

export const ofClient = (clientPublicKey: string, options?: CallOptions): Sent => [
  { clientPublicKey },
  options,
];
