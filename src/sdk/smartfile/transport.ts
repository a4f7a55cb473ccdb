import { SourceChangedError } from '../http/call-errors.ts';
import type { SmartFileAuth } from './auth.ts';
import type { FilePayload, Payload } from './payload.ts';
import { inBrowser } from './runtime.ts';

/** How requests leave; each is taken from the environment when it is not given. */
export interface TransportOptions {
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
    return fetch(url, {
      method,
      headers,
      // Keeps site cookies out, and the browser's own password dialogue on 401.
      credentials: 'omit',
      // A redirected POST would arrive as GET, and Node before 26 holds a copy of a body for it.
      redirect: method === 'GET' ? 'follow' : 'error',
      signal: signal ?? null,
      ...(payload && (await bodyInit(payload, onSent))),
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

type BodyInitialisation = Pick<RequestInit, 'body'> & { duplex?: 'half' };

async function bodyInit(
  payload: Payload,
  onSent: ((bytes: number) => void) | undefined,
): Promise<BodyInitialisation> {
  if (payload.kind === 'text') return { body: payload.text };
  if (inBrowser()) return { body: await payload.blob() };
  return { body: counted(payload, onSent), duplex: 'half' };
}

/** A chunk counts as sent when the next one is asked for. */
function counted(
  payload: FilePayload,
  onSent: ((bytes: number) => void) | undefined,
): ReadableStream<Uint8Array> {
  const chunks = payload.chunks();
  const size = payload.frame + payload.fileSize;
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      onSent?.(sent);
      const { done, value } = await chunks.next();
      sent += value?.length ?? 0;
      if (sent > size || (done && sent < size)) {
        throw new SourceChangedError('The file has changed since it was chosen.');
      }
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

function sendByXhr(
  xhr: XMLHttpRequest,
  { method, url, headers = {}, signal }: HttpRequest,
  body: Blob,
  onSent: (bytes: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => xhr.abort();
    signal?.addEventListener('abort', abort);
    xhr.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    xhr.addEventListener('load', () => resolve(Promise.resolve(xhr).then(responseOf)));
    xhr.addEventListener('error', () => reject(new Error('XMLHttpRequest failed')));
    xhr.addEventListener('abort', () => reject(signal?.reason));
    xhr.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.send(body);
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
