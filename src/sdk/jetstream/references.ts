/**
 * Wherever an id is taken, the structure that holds it may be given instead (spec section 2).
 */
export type RequestReference = number | { readonly requestId: number };
/** A manifest, or its id. */
export type ManifestReference = string | { readonly manifestId: string };
/** A destination, or its id. */
export type DestinationReference = string | { readonly destinationId: string };
/** A connection, or its id. */
export type ConnectionReference = string | { readonly connectionId: string };
/** A transfer, or its id. */
export type TransferReference = string | { readonly transferId: string };
/** A token, or its text. */
export type TokenReference = string | { readonly token: string };

/** What can carry user data. */
export type ObjectReference = ManifestReference | DestinationReference | TransferReference;

export const requestId = (request: RequestReference): number =>
  typeof request === 'object' ? request.requestId : request;

export const manifestId = (manifest: ManifestReference): string =>
  typeof manifest === 'object' ? manifest.manifestId : manifest;

export const destinationId = (destination: DestinationReference): string =>
  typeof destination === 'object' ? destination.destinationId : destination;

export const connectionId = (connection: ConnectionReference): string =>
  typeof connection === 'object' ? connection.connectionId : connection;

export const transferId = (transfer: TransferReference): string =>
  typeof transfer === 'object' ? transfer.transferId : transfer;

export const tokenText = (token: TokenReference): string =>
  typeof token === 'object' ? token.token : token;

/** A transfer also holds the ids of its manifest and destination, so its own is looked for first. */
export function objectId(object: ObjectReference): string {
  if (typeof object === 'string') return object;
  if ('transferId' in object) return object.transferId;
  if ('destinationId' in object) return object.destinationId;
  return object.manifestId;
}
