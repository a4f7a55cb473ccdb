import { bodyOf } from '#smartfile-body';
import { abortable } from '../http/abort.ts';
import type { SmartFileAuth } from './auth.ts';
import type { Payload } from './payload.ts';
import { inBrowser } from './runtime.ts';

/** How requests leave; each is taken from the environment when it is not given. */
export interface TransportOptions {
  /** Sends a request; `globalThis.fetch` by default. */
  fetch?: typeof fetch | undefined;
  /** For the progress of uploads in browsers, which `fetch` does not have. */
  XMLHttpRequest?: typeof XMLHttpRequest | undefined;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  /** Method and path without a query, for messages. */
  endpoint: string;
  auth: SmartFileAuth;
  payload?: Payload | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  signal?: AbortSignal | undefined;
}

/** Sends a request once. `onSent` hears how many bytes of the body have left. */
export type Transport = (
  request: HttpRequest,
  onSent: ((bytes: number) => void) | undefined,
) => Promise<Response>;

const userAgent = 'gett-sdk';

export function createTransport(options: TransportOptions): Transport {
  const { fetch = globalThis.fetch, XMLHttpRequest: Xhr = globalThis.XMLHttpRequest } = options;
  return async (request, onSent) => {
    const { method, url, payload, signal } = request;
    const headers = headersOf(request);
    if (payload?.kind === 'files' && onSent && typeof Xhr === 'function') {
      return sendByXhr(new Xhr(), { ...request, headers }, await payload.blob(), onSent);
    }
    const failed = new AbortController();
    const body = payload && (await bodyOf(payload, onSent, failed.signal));
    return fetch(url, {
      method,
      headers,
      // Keeps site cookies out, and the browser's own password dialogue on 401.
      credentials: 'omit',
      // A redirected POST would arrive as GET, and Node before 26 holds a copy of a body for it.
      redirect: method === 'GET' ? 'follow' : 'error',
      signal: signal ?? null,
      ...body,
    }).catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
  };
}

function headersOf({ method, url, auth, payload, headers }: HttpRequest): Record<string, string> {
  const length = payload?.kind === 'files' && !inBrowser() && payload.frame + payload.fileSize;
  return {
    Accept: 'application/json',
    ...(!inBrowser() && { 'User-Agent': userAgent }),
    ...(payload && { 'Content-Type': payload.contentType }),
    ...(length && { 'Content-Length': String(length) }),
    ...headers,
    Authorization: auth.authorization({ method, url }),
  };
}

function sendByXhr(
  xhr: XMLHttpRequest,
  { method, url, headers = {}, signal }: HttpRequest,
  body: Blob,
  onSent: (bytes: number) => void,
): Promise<Response> {
  signal?.throwIfAborted();
  const answer = new Promise<Response>((resolve, reject) => {
    xhr.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    xhr.addEventListener('load', () => resolve(Promise.resolve(xhr).then(responseOf)));
    xhr.addEventListener('error', () => reject(new Error('XMLHttpRequest failed')));
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.send(body);
  });
  return abortable(answer, signal).catch((error: unknown) => {
    xhr.abort();
    throw error;
  });
}

function responseOf(xhr: XMLHttpRequest): Response {
  const headers = Array.from(
    xhr.getAllResponseHeaders().matchAll(/^([^:\r\n]+): (.*)$/gm),
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  // Statuses such as 204 must not have even an empty body.
  return new Response(xhr.responseText || null, { status: xhr.status, headers });
}
