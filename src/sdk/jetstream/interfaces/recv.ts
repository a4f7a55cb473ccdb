import { array } from '../../../protocol/decoder.ts';
import * as decode from '../decode.ts';
import { bindMethods, type Call, type CallOptions, type WithAsync } from '../rpc/methods.ts';
import type { ReceiveTransfer, Source } from '../structures.ts';
import { noParams, ofClient } from './params.ts';

/**
 * What the server receives from others. The vendor documents the `…Async` forms only; the plain ones
 * send those and wait for the request.
 */
export interface ReceiveMethods {
  /** Servers that send to this one. */
  getSources(options?: CallOptions): Promise<Source[]>;
  /** What comes from all sources together; see {@link ReceiveMethods.getSources}. */
  getTransfers(options?: CallOptions): Promise<ReceiveTransfer[]>;
  /** Allows a sender, known by its public key. */
  addAuthorizedClient(clientPublicKey: string, options?: CallOptions): Promise<void>;
  /** Takes back what `addAuthorizedClient` has allowed. */
  removeAuthorizedClient(clientPublicKey: string, options?: CallOptions): Promise<void>;
  /** Whether senders that are not authorized are refused. */
  allowOnlyAuthorizedClients(flag: boolean, options?: CallOptions): Promise<void>;
}

/** The methods of `recv`, each with its `…Async` twin. */
export type ReceiveInterface = WithAsync<ReceiveMethods>;

export function receiveInterface(call: Call): ReceiveInterface {
  return bindMethods<ReceiveMethods>(call, 'recv', {
    getSources: { send: noParams, result: array(decode.source), asyncOnly: true },
    getTransfers: { send: noParams, result: array(decode.receiveTransfer), asyncOnly: true },
    addAuthorizedClient: { send: ofClient, result: decode.nothing, asyncOnly: true },
    removeAuthorizedClient: { send: ofClient, result: decode.nothing, asyncOnly: true },
    allowOnlyAuthorizedClients: {
      send: (flag, options) => [{ flag }, options],
      result: decode.nothing,
      asyncOnly: true,
    },
  });
}
