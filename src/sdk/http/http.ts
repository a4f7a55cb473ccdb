import ky, { HTTPError, TimeoutError as KyTimeoutError, type Options } from 'ky';
import { DecodeError, type Decoder } from '../../protocol/decoder.ts';
import { decodeErrorBody } from '../../protocol/decoders.ts';
import { errorForStatus, InvalidAnswerError } from './answer-errors.ts';
import { NetworkError, TimeoutError } from './call-errors.ts';
import { type Clock, parseRetryAfter } from './clock.ts';
import type { GettError, GettErrorDetails } from './gett-error.ts';
import { redactText, redactUrl, safeCause } from './redact.ts';

export type Fetch = typeof globalThis.fetch;

export interface HttpOptions {
  baseUrl: string;
  fetch?: Fetch | undefined;
  clock: Clock;
  /** Milliseconds until the answer of one attempt must be there. */
  timeout: number;
  /** `text/plain` makes cross-origin calls without a preflight (spec section 1.4). */
  contentType: 'application/json' | 'text/plain';
}

export interface Call {
  /** Below the API root, without a leading slash. */
  path: string;
  query?: Record<string, string> | undefined;
  /** Sent as JSON; makes the call a POST. */
  body?: object | undefined;
  signal?: AbortSignal | undefined;
}

/** JSON calls and downloads. The only module that knows ky; its errors never leave it. */
export interface Http {
  json<T>(call: Call, decode: Decoder<T>): Promise<T>;
  blob(call: Call): Promise<Blob>;
  /** A successful answer whose body has not been read. */
  response(call: Call): Promise<Response>;
  url(path: string, query?: Record<string, string>): string;
}

/** https://github.com/sindresorhus/ky/tree/v1.14.3#retry */
const retry = { limit: 2, maxRetryAfter: 60_000, backoffLimit: 5_000, jitter: true } as const;

const retryReads: NonNullable<Options['retry']> = { ...retry, methods: ['get'] };

/** What changes state is repeated only when the server says that it has done nothing yet. */
const retryWrites: NonNullable<Options['retry']> = {
  ...retry,
  methods: ['post'],
  shouldRetry: ({ error }) =>
    error instanceof HTTPError &&
    [429, 503].includes(error.response.status) &&
    error.response.headers.has('retry-after')
      ? undefined
      : false,
};

export function createHttp(options: HttpOptions): Http {
  const root = options.baseUrl.replace(/\/+$/, '');

  const fetch: Fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));

  const url = (path: string, query: Record<string, string> = {}) => {
    const text = new URLSearchParams(query).toString();
    return `${root}/${path}${text && `?${text}`}`;
  };

  const detailsOf = ({ path, body }: Call) => ({
    endpoint: `${body ? 'POST' : 'GET'} /${path}`,
    url: redactUrl(url(path)),
  });

  async function request(
    call: Call,
    { fetch, timeout }: { fetch: Fetch; timeout: number | false },
  ): Promise<Response> {
    const { path, query, body, signal } = call;
    try {
      return await ky(url(path, query), {
        ...(body && {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': options.contentType },
        }),
        fetch,
        timeout,
        signal: signal ?? null,
        credentials: 'omit',
        retry: body ? retryWrites : retryReads,
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw await translate(error, detailsOf(call), options.clock);
    }
  }

  const whole = (call: Call) =>
    request(call, { fetch: readWhole(fetch), timeout: options.timeout });

  return {
    url,
    blob: async (call) => (await whole(call)).blob(),
    // A service may hold a download back until the bytes of an unfinished file arrive (spec 6.5).
    response: (call) => request(call, { fetch, timeout: false }),
    async json(call, decode) {
      const answer = await whole(call);
      try {
        return decode(await answer.json(), 'answer');
      } catch (error) {
        const reason = error instanceof DecodeError ? error.message : 'it is not JSON';
        throw new InvalidAnswerError(`The server's answer cannot be understood: ${reason}.`, {
          ...detailsOf(call),
          status: answer.status,
        });
      }
    },
  };
}

/** Reads the answer to its end, so that the timeout covers all of it. */
function readWhole(fetch: Fetch): Fetch {
  return async (...request) => {
    const answer = await fetch(...request);
    const { status, headers } = answer;
    const body = await answer.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, { status, headers });
  };
}

async function translate(
  error: unknown,
  details: GettErrorDetails,
  clock: Clock,
): Promise<GettError> {
  if (error instanceof HTTPError) return refusal(error.response, details, clock);
  if (error instanceof KyTimeoutError) {
    return new TimeoutError('The server did not answer in time.', details);
  }
  return new NetworkError('The server cannot be reached.', { ...details, cause: safeCause(error) });
}

async function refusal(
  answer: Response,
  details: GettErrorDetails,
  clock: Clock,
): Promise<GettError> {
  const { status, headers } = answer;
  let message = `The server answered with status ${status}.`;
  let body: unknown;
  try {
    body = JSON.parse(redactText(await answer.text()));
    message = decodeErrorBody(body, 'answer').error;
  } catch {
    // What stands in front of a service answers in HTML, or not to the end.
  }
  const retryAfter = parseRetryAfter(headers.get('retry-after'), clock);
  return errorForStatus(status, message, { ...details, body, retryAfter });
}
