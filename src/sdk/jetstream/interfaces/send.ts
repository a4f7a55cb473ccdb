import { array, DecodeError, type Decoder } from '../../../protocol/decoder.ts';
import * as decode from '../decode.ts';
import { connectionId, destinationId, manifestId, objectId, transferId } from '../references.ts';
import type { NotificationListener } from '../rpc/connection.ts';
import { bindMethods, type Call } from '../rpc/methods.ts';
import { type WaitClock, type WaitDefaults, waitUntilStopped } from '../wait.ts';
import {
  noParams,
  ofConnection,
  ofDestination,
  ofManifest,
  ofToken,
  ofTransfer,
} from './params.ts';
import type { SendInterface, SendMethods } from './send-methods.ts';

const DEFAULT_DESTINATION_PORT = 8886;

/** What waiters need besides calls. */
export interface Waiting {
  clock: WaitClock;
  defaults: WaitDefaults;
  answersLate: () => Promise<boolean>;
  /** Hears the notifications of the connection; gives the function that stops it. */
  subscribe: (listener: NotificationListener) => () => void;
}

export function sendInterface(call: Call, waiting: Waiting): SendInterface {
  const methods = sendMethods(call);
  const { answersLate, clock, defaults } = waiting;
  return {
    ...methods,
    waitForManifest(manifest, options) {
      const watched = manifestId(manifest);
      return waitUntilStopped(
        {
          answersLate,
          get: (signal) => methods.getManifest(watched, { signal }),
          lateAnswer: (signal) => methods.waitForManifest(watched, { signal }),
          subscribe: (listener) =>
            waiting.subscribe((method, params) => {
              const news = method === 'event.manifest' && readNews(decode.manifest, params);
              if (news && news.manifestId === watched) listener(news);
            }),
        },
        { ...defaults, ...options },
        clock,
      );
    },
    waitForTransfer(transfer, options) {
      const watched = transferId(transfer);
      return waitUntilStopped(
        {
          answersLate,
          get: (signal) => methods.getTransfer(watched, { signal }),
          lateAnswer: (signal) => methods.waitForTransfer(watched, { signal }),
          subscribe: (listener) =>
            waiting.subscribe((method, params) => {
              const news = method === 'event.transfer' && readNews(decode.transfer, params);
              if (news && news.transferId === watched) listener(news);
            }),
        },
        { ...defaults, ...options },
        clock,
      );
    },
  };
}

function sendMethods(call: Call): SendInterface {
  return bindMethods<SendMethods>(call, 'send', {
    createManifest: {
      send: (request, options) => [{ ...request }, options],
      result: decode.manifest,
    },
    getManifest: { send: ofManifest, result: decode.manifest },
    getManifests: { send: noParams, result: array(decode.manifest) },
    getManifestFiles: { send: ofManifest, result: decode.manifestFiles },
    waitForManifest: { send: ofManifest, result: decode.manifest },
    deleteManifest: { send: ofManifest, result: decode.nothing },

    createDestination: {
      send: (destinationAddress, { destinationPort = DEFAULT_DESTINATION_PORT, signal } = {}) => [
        { destinationAddress, destinationPort },
        { signal },
      ],
      result: decode.destination,
    },
    getDestination: { send: ofDestination, result: decode.destination },
    getDestinations: { send: noParams, result: array(decode.destination) },
    deleteDestination: { send: ofDestination, result: decode.nothing },

    getConnection: { send: ofConnection, result: decode.connection },
    getConnections: { send: noParams, result: array(decode.connection) },

    createTransfer: {
      send: (destination, manifest, { signal, ...params } = {}) => [
        { destinationId: destinationId(destination), manifestId: manifestId(manifest), ...params },
        { signal },
      ],
      result: decode.transfer,
    },
    getTransfer: { send: ofTransfer, result: decode.transfer },
    getTransfers: { send: noParams, result: array(decode.transfer) },
    waitForTransfer: { send: ofTransfer, result: decode.transfer },
    suspendTransfer: { send: ofTransfer, result: decode.transfer },
    resumeTransfer: { send: ofTransfer, result: decode.transfer },
    deleteTransfer: { send: ofTransfer, result: decode.nothing },
    failTransfer: {
      send: (transfer, errorMessage, options) => [
        { transferId: transferId(transfer), errorMessage },
        options,
      ],
      result: decode.nothing,
    },

    createSharedToken: {
      send: (manifest, { signal, ...params } = {}) => [
        { manifestId: manifestId(manifest), ...params },
        { signal },
      ],
      result: decode.sharedToken,
    },
    getSharedToken: { send: ofToken, result: decode.sharedToken },
    getSharedTokens: { send: noParams, result: array(decode.sharedToken) },
    deleteSharedToken: { send: ofToken, result: decode.nothing },

    setSendRate: {
      send: (sendRate, { connection, signal } = {}) => [
        { sendRate, connectionId: connection && connectionId(connection) },
        { signal },
      ],
      result: decode.nothing,
      asyncOnly: true,
    },
    updateObjectUserData: {
      send: (object, userData, options) => [{ objectId: objectId(object), userData }, options],
      result: decode.nothing,
    },
    deleteObjectUserData: {
      send: (object, { keys, signal } = {}) => [{ objectId: objectId(object), keys }, { signal }],
      result: decode.nothing,
    },
  });
}

/** Notifications only spare polling, so one that cannot be read is passed over. */
function readNews<T>(structure: Decoder<T>, params: unknown): T | undefined {
  try {
    return structure(params, 'params');
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
