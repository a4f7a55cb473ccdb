import { array } from '../../../protocol/decoder.ts';
import * as decode from '../decode.ts';
import { type RequestReference, requestId, type TokenReference, tokenText } from '../references.ts';
import {
  bindMethods,
  type Call,
  type CallOptions,
  type RequestHandle,
  readResult,
  requestResult,
  type WithAsync,
} from '../rpc/methods.ts';
import type { APIToken, Micros, RequestStatus, ServerInfo } from '../structures.ts';
import { noParams, ofToken } from './params.ts';

/** What a token needs besides its text. */
export interface AuthTokenOptions extends CallOptions {
  /** Needed when the shared token has `passwordRequired`. */
  password?: string | undefined;
}

/** What a token of the API may do, and how long. */
export interface APITokenOptions extends CallOptions {
  /** For people. */
  description?: string | undefined;
  /** When it becomes invalid. Default: never. */
  expiryTime?: Micros | undefined;
  /** The vendor lists no names. */
  permissions?: readonly string[] | undefined;
  /** Folder on the server's disk that it is limited to. Default: none. */
  path?: string | undefined;
}

/** The plain methods of `server`. */
export interface ServerMethods {
  /** Signs the connection in. @throws JetStreamAuthError */
  auth(user: string, password: string, options?: CallOptions): Promise<void>;
  /** Signs the connection in with a shared or API token. @throws JetStreamAuthError */
  authToken(token: TokenReference, options?: AuthTokenOptions): Promise<void>;
  /** Shows this connection the objects of all owners, if the user may see them. */
  superuser(options?: CallOptions): Promise<void>;
  /** Version and abilities; servers leave out what their revision does not know. */
  getServerInfo(options?: CallOptions): Promise<ServerInfo>;
  /** From 2.4. The vendor documents no member of an entry. */
  getEventLog(options?: CallOptions): Promise<unknown[]>;
  /** From 2.4. */
  createAPIToken(options?: APITokenOptions): Promise<APIToken>;
  /** From 2.4. */
  getAPIToken(token: TokenReference, options?: CallOptions): Promise<APIToken>;
  /** From 2.4. */
  getAPITokens(options?: CallOptions): Promise<APIToken[]>;
  /** From 2.4. */
  deleteAPIToken(token: TokenReference, options?: CallOptions): Promise<void>;
}

/** Follows up what an `…Async` method queued. */
export interface RequestMethods {
  /** Answers at once. @throws JetStreamNotFoundError when the server has forgotten the request. */
  getRequestStatus(request: RequestReference, options?: CallOptions): Promise<RequestStatus>;
  /** Waits for the end; gives what the plain method gives, or rejects as it does. */
  getRequestResult<T>(request: RequestHandle<T>, options?: CallOptions): Promise<T>;
  /** The same by an id alone, of which the type of the result is not known. */
  getRequestResult(request: RequestReference, options?: CallOptions): Promise<unknown>;
}

/** The methods of `server`, each with its `…Async` twin where it has one. */
export type ServerInterface = WithAsync<ServerMethods> & RequestMethods;

export function serverInterface(call: Call): ServerInterface {
  const methods = bindMethods<ServerMethods>(call, 'server', {
    auth: {
      send: (user, password, options) => [{ user, password }, options],
      result: decode.nothing,
    },
    authToken: {
      send: (token, { password, signal } = {}) => [
        { token: tokenText(token), password },
        { signal },
      ],
      result: decode.nothing,
    },
    superuser: { send: noParams, result: decode.nothing },
    getServerInfo: { send: noParams, result: decode.serverInfo },
    getEventLog: { send: noParams, result: array(decode.anything) },
    createAPIToken: {
      send: ({ signal, ...params } = {}) => [params, { signal }],
      result: decode.apiToken,
    },
    getAPIToken: { send: ofToken, result: decode.apiToken },
    getAPITokens: { send: noParams, result: array(decode.apiToken) },
    deleteAPIToken: { send: ofToken, result: decode.nothing },
  });

  function getRequestResult<T>(request: RequestHandle<T>, options?: CallOptions): Promise<T>;
  function getRequestResult(request: RequestReference, options?: CallOptions): Promise<unknown>;
  function getRequestResult(request: RequestReference, options: CallOptions = {}) {
    const handle = typeof request === 'object' ? request : { requestId: request };
    return requestResult(call, handle, options.signal);
  }

  return {
    ...methods,
    getRequestResult,
    async getRequestStatus(request, options = {}) {
      const method = 'server.getRequestStatus';
      const answer = await call(method, { requestId: requestId(request) }, options.signal);
      return readResult(method, decode.requestStatus, answer);
    },
  };
}
