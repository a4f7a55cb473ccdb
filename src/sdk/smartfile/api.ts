import { DecodeError, type Decoder } from '../../protocol/decoder.ts';
import type { UploadSource } from '../upload/types.ts';
import { apiPath, type Identifier, normalizeBaseUrl } from './address.ts';
import { invalidAnswer, isJson, isRefusal, parseBody, refusal } from './answer.ts';
import type { SmartFileAuth } from './auth.ts';
import {
  type CallOptions,
  type ConnectionOptions,
  connect,
  type OnProgress,
} from './connection.ts';
import { type Parameters, payloadOf, queryOf } from './form.ts';
import { filePayload } from './payload.ts';
import type { HttpRequest } from './transport.ts';

export interface ApiOptions extends ConnectionOptions {
  auth: SmartFileAuth;
  /** Default `https://app.smartfile.com/`. */
  baseUrl?: string | undefined;
  /** Default `2`. */
  version?: string | undefined;
}

/** One call of the service, before it becomes a request. */
export interface ApiCall extends CallOptions {
  method: HttpRequest['method'];
  endpoint: string;
  id?: Identifier;
  /** The query of a GET, the form of anything else. */
  parameters?: Parameters | undefined;
  /** Bytes to send instead of a form. */
  body?: UploadSource | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Another version of the API than the client's own. */
  version?: string | undefined;
  onProgress?: OnProgress | undefined;
}

/** The service behind the named calls and the generic verbs. */
export interface Api {
  /** The answer as it comes, whatever its media type. */
  response(call: ApiCall): Promise<Response>;
  /** JSON as a value, anything else as a byte stream, `undefined` when empty (spec section 1.3). */
  answer(call: ApiCall): Promise<unknown>;
  /** A JSON answer of a known shape. */
  decoded<T>(call: ApiCall, decode: Decoder<T>): Promise<T>;
}

export function createApi(options: ApiOptions): Api {
  const { auth, version = '2' } = options;
  const baseUrl = normalizeBaseUrl(options.baseUrl);
  const connection = connect(options);

  function requestOf(call: ApiCall): HttpRequest {
    const { method, parameters = {}, body, headers, signal } = call;
    const path = apiPath(call.version ?? version, call.endpoint, call.id);
    const query = method === 'GET' ? queryOf(parameters) : '';
    return {
      method,
      url: `${baseUrl}${path}${query}`,
      endpoint: `${method} ${path}`,
      auth,
      payload: body
        ? filePayload([body], 'application/octet-stream')
        : method === 'GET'
          ? undefined
          : payloadOf(parameters),
      headers,
      signal,
    };
  }

  /** Reads JSON. Only what changes something can be refused by an answer of 200. */
  async function json(request: HttpRequest, response: Response): Promise<unknown> {
    const text = await connection.text(request, response);
    const body = parseBody(text);
    const { method, endpoint, payload } = request;
    // An upload has one for each file.
    const results = [body].flat(payload?.kind === 'files' ? 1 : 0);
    const refused = method !== 'GET' && results.find(isRefusal);
    if (!refused) return body;
    const status = Number(refused.status) || response.status;
    const detail = auth.redact(refused.detail);
    throw refusal({ endpoint, response, status, detail, text: auth.redact(text) });
  }

  return {
    async response(call) {
      return connection.send(requestOf(call), call.onProgress);
    },
    async answer(call) {
      const request = requestOf(call);
      const response = await connection.send(request, call.onProgress);
      return isJson(response) ? json(request, response) : connection.content(request, response);
    },
    async decoded(call, decode) {
      const request = requestOf(call);
      const response = await connection.send(request, call.onProgress);
      const body = await json(request, response);
      try {
        return decode(body, 'answer');
      } catch (cause) {
        if (!(cause instanceof DecodeError)) throw cause;
        const shown = parseBody(auth.redact(JSON.stringify(body) ?? ''));
        throw invalidAnswer(request, response, `${cause.message}.`, shown);
      }
    },
  };
}
