import type { Decoder } from '../../protocol/decoder.ts';
import { abortScope } from './abort-scope.ts';
import { addressOf, type Endpoint, type Params, readBaseUrl } from './address.ts';
import { readAnswer } from './answer.ts';
import type { BridgeAuth } from './auth.ts';
import { BridgeError } from './errors/bridge-error.ts';
import { BridgeConnectionError } from './errors/connection-error.ts';
import type { BridgeEvents } from './events.ts';
import { serialQueue } from './serial.ts';
import { fetchByXhr } from './xhr.ts';

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; its promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

interface Call<T> extends CallOptions {
  params?: Params;
  decode: Decoder<T>;
}

interface JsonCall<T> extends Call<T> {
  /** Members of the JSON body; `undefined` ones are left out. */
  fields?: Record<string, unknown>;
}

interface PermittedCall<T> extends Call<T> {
  headers: Record<string, string>;
}

interface UploadCall<T> extends PermittedCall<T> {
  body: FormData;
  /** Milliseconds. */
  timeout: number;
  /** Bytes of the body that have left, where the platform tells. */
  onSent: (sent: number, total: number) => void;
}

interface Init {
  method: string;
  headers: Record<string, string>;
  body?: string | FormData;
}

type Send<I extends Init> = (url: string, init: I & { signal: AbortSignal }) => Promise<Response>;

interface Exchange<T, I extends Init> extends CallOptions {
  /** Path and query. */
  target: string;
  init: I;
  send: Send<I>;
  decode: Decoder<T>;
  timeout?: number;
}

export interface RequestsOptions {
  baseUrl: string;
  auth: BridgeAuth | undefined;
  fetch: typeof globalThis.fetch;
  XMLHttpRequest: typeof globalThis.XMLHttpRequest | undefined;
  nonce: () => number;
  /** Milliseconds a call may take. */
  timeout: number;
  events: BridgeEvents;
}

/** Everything that goes over HTTP: signing, the nonce queue, time limits, errors. */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #base: string;
  readonly #inOrder = serialQueue();

  constructor(options: RequestsOptions) {
    this.#options = options;
    this.#base = readBaseUrl(options.baseUrl);
  }

  url(endpoint: Endpoint, params?: Params): string {
    return this.#base + addressOf(endpoint, params).path;
  }

  /** A call that needs no account. */
  open<T>(endpoint: Endpoint, call: JsonCall<T>): Promise<T> {
    return this.#json(endpoint, call, undefined);
  }

  /** A call in the name of the account; signed ones leave one at a time. */
  authenticated<T>(endpoint: Endpoint, call: JsonCall<T>): Promise<T> {
    const { auth } = this.#options;
    const send = (): Promise<T> => this.#json(endpoint, call, auth);
    return auth?.signed ? this.#inOrder(send, call.signal) : send();
  }

  /** A call that a token among the headers permits. */
  async permitted<T>(endpoint: Endpoint, { headers, ...call }: PermittedCall<T>): Promise<T> {
    const { method, path: target } = addressOf(endpoint, call.params);
    const init = { method, headers };
    return await this.#exchange(endpoint, { ...call, target, init, send: this.#fetch });
  }

  /** A form that a token among the headers permits. */
  async upload<T>(endpoint: Endpoint, call: UploadCall<T>): Promise<T> {
    const { headers, body, onSent, ...rest } = call;
    const { method, path: target } = addressOf(endpoint, call.params);
    const { XMLHttpRequest: Xhr } = this.#options;
    const init = { method, headers, body };
    const send: Send<typeof init> = Xhr
      ? (url, init) => fetchByXhr(Xhr, url, init, onSent)
      : this.#fetch;
    return await this.#exchange(endpoint, { ...rest, target, init, send });
  }

  /** Serialised once: the text that is signed is the text that is sent (spec section 2.2). */
  async #json<T>(endpoint: Endpoint, call: JsonCall<T>, auth: BridgeAuth | undefined): Promise<T> {
    const { method, path } = addressOf(endpoint, call.params);
    const nonce = this.#options.nonce();
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const payload = hasBody
      ? JSON.stringify({ ...call.fields, __nonce: nonce })
      : `__nonce=${nonce}`;
    const headers = { ...auth?.headers(`${method}\n${path}\n${payload}`) };
    const init = hasBody
      ? { method, headers: { ...headers, 'content-type': 'application/json' }, body: payload }
      : { method, headers };
    const target = hasBody ? path : `${path}?${payload}`;
    return await this.#exchange(endpoint, { ...call, target, init, send: this.#fetch });
  }

  async #exchange<T, I extends Init>(endpoint: Endpoint, exchange: Exchange<T, I>): Promise<T> {
    const { events } = this.#options;
    const { signal, init, timeout = this.#options.timeout } = exchange;
    const scope = abortScope(signal, timeout);
    try {
      scope.signal.throwIfAborted();
      const response = await exchange.send(this.#base + exchange.target, {
        ...init,
        headers: { accept: 'application/json', ...init.headers },
        signal: scope.signal,
      });
      events.emit({ type: 'answer', endpoint, status: response.status });
      return await readAnswer(response, exchange.decode, endpoint);
    } catch (cause) {
      const error: unknown = signal?.aborted ? signal.reason : bridgeError(cause, endpoint);
      events.emit({ type: 'failure', endpoint, error });
      throw error;
    } finally {
      scope.release();
    }
  }

  readonly #fetch = (url: string, init: RequestInit): Promise<Response> =>
    this.#options.fetch(url, {
      ...init,
      // Browsers neither answer a 401 with a password window nor add cookies.
      credentials: 'omit',
      // Signatures and tokens would travel on to wherever an answer points. Node 20 also keeps a
      // whole copy of the body for a redirect.
      redirect: 'error',
    });
}

function bridgeError(cause: unknown, endpoint: Endpoint): BridgeError | BridgeConnectionError {
  return cause instanceof BridgeError ? cause : new BridgeConnectionError(endpoint, { cause });
}
