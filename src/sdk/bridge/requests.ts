import { DecodeError, type Decoder } from '../../protocol/decoder.ts';
import type { BridgeAuth } from './auth.ts';
import { decodeFailure } from './decoders.ts';
import { BridgeError } from './errors/bridge-error.ts';
import { errorCode } from './errors/codes.ts';
import { BridgeConnectionError } from './errors/connection-error.ts';
import type { BridgeEvents } from './events.ts';
import { serialQueue } from './serial.ts';

/** Method and route; `:name` stands for a parameter. */
export type Endpoint = `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`;

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; its promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

interface Call<T> extends CallOptions {
  params?: Record<string, string>;
  decode: Decoder<T>;
}

interface JsonCall<T> extends Call<T> {
  /** Members of the JSON body; `undefined` ones are left out. */
  fields?: Record<string, unknown>;
}

interface TokenCall<T> extends Call<T> {
  headers: Record<string, string>;
  body?: FormData;
  /** Milliseconds. */
  timeout?: number;
}

export interface RequestsOptions {
  baseUrl: string;
  auth: BridgeAuth | undefined;
  fetch: typeof globalThis.fetch;
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

  url(endpoint: Endpoint, params: Record<string, string> = {}): string {
    return this.#base + fill(endpoint, params).path;
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

  /** A file transfer, permitted by a token among the headers. */
  async transfer<T>(
    endpoint: Endpoint,
    { headers, body, timeout, ...call }: TokenCall<T>,
  ): Promise<T> {
    const { method, path } = fill(endpoint, call.params);
    return await this.#exchange(
      endpoint,
      path,
      call,
      { method, headers, body: body ?? null },
      timeout,
    );
  }

  /** Serialised once: the text that is signed is the text that is sent (spec section 2.2). */
  async #json<T>(endpoint: Endpoint, call: JsonCall<T>, auth: BridgeAuth | undefined): Promise<T> {
    const { method, path } = fill(endpoint, call.params);
    const nonce = this.#options.nonce();
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const payload = hasBody
      ? JSON.stringify({ ...call.fields, __nonce: nonce })
      : `__nonce=${nonce}`;
    const headers = auth?.headers(`${method}\n${path}\n${payload}`);
    const init = hasBody
      ? { method, headers: { ...headers, 'content-type': 'application/json' }, body: payload }
      : { method, headers: { ...headers } };
    return await this.#exchange(endpoint, hasBody ? path : `${path}?${payload}`, call, init);
  }

  async #exchange<T>(
    endpoint: Endpoint,
    target: string,
    call: Call<T>,
    init: RequestInit & { headers: Record<string, string> },
    timeout = this.#options.timeout,
  ): Promise<T> {
    const { events } = this.#options;
    try {
      const { status, ok, text } = await this.#fetch(endpoint, target, call.signal, timeout, init);
      events.emit({ type: 'answer', endpoint, status });
      if (!ok) throw refusal(status, text, endpoint);
      return read(text, call.decode, status, endpoint);
    } catch (error) {
      events.emit({ type: 'failure', endpoint, error });
      throw error;
    }
  }

  async #fetch(
    endpoint: Endpoint,
    target: string,
    signal: AbortSignal | undefined,
    timeout: number,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<{ status: number; ok: boolean; text: string }> {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(timeout);
    try {
      const response = await this.#options.fetch(this.#base + target, {
        ...init,
        headers: { accept: 'application/json', ...init.headers },
        // Browsers neither answer a 401 with a password window nor add cookies.
        credentials: 'omit',
        // Signatures and tokens would travel on to wherever an answer points. Node 20 also keeps
        // a whole copy of the body for a redirect.
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      return { status: response.status, ok: response.ok, text: await response.text() };
    } catch (cause) {
      signal?.throwIfAborted();
      throw new BridgeConnectionError(endpoint, { cause });
    }
  }
}

/** Checked here, because fetch would repeat credentials of an address in its error. */
function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new TypeError('baseUrl must be an http: or https: address without user and password.');
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function fill(endpoint: Endpoint, params: Record<string, string> = {}) {
  const [method = '', route = ''] = endpoint.split(' ');
  const path = route.replaceAll(/:(\w+)/g, (_, name: string) => segment(name, params[name] ?? ''));
  return { method, path };
}

/** Dots would be resolved away, and so lead to another endpoint. */
function segment(name: string, value: string): string {
  if (/^\.{0,2}$/.test(value))
    throw new TypeError(`The ${name} is missing; give the one you mean.`);
  return encodeURIComponent(value);
}

function read<T>(text: string, decode: Decoder<T>, status: number, endpoint: Endpoint): T {
  try {
    return decode(text === '' ? undefined : JSON.parse(text), 'answer');
  } catch (error) {
    const reason = error instanceof DecodeError ? `: ${error.message}` : '';
    const message = `The Bridge answered ${endpoint} with something unexpected${reason}.`;
    throw new BridgeError(message, 'unexpected-answer', status, endpoint);
  }
}

function refusal(status: number, text: string, endpoint: Endpoint): BridgeError {
  const sentence = sentenceOf(text);
  const message = sentence ?? `The Bridge answered ${endpoint} with ${status} and no reason.`;
  return new BridgeError(message, errorCode(status, sentence ?? ''), status, endpoint);
}

function sentenceOf(text: string): string | undefined {
  try {
    const { error } = decodeFailure(JSON.parse(text), 'answer');
    // Tokens and password hashes are 64 hexadecimal digits, if a server should repeat one.
    return error.replaceAll(/[\da-f]{64,}/gi, '[hidden]');
  } catch {
    return undefined;
  }
}
