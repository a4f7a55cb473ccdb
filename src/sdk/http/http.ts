import ky, { HTTPError, TimeoutError as KyTimeoutError } from 'ky';
import { DecodeError, type Decoder } from '../../protocol/decoder.ts';
import { decodeErrorBody } from '../../protocol/decoders.ts';
import { errorForStatus, InvalidAnswerError } from './answer-errors.ts';
import { NetworkError, TimeoutError } from './call-errors.ts';
import { backoff, type Clock, parseRetryAfter } from './clock.ts';
import type { GettError, GettErrorDetails } from './gett-error.ts';
import { redactText, safeCause } from './redact.ts';

/** The platform’s `fetch`, or one like it. */
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

const MAX_PAUSE_MS = 5_000;
/** Whoever has to wait for longer is told so instead of being kept waiting. */
const LONGEST_WAIT_SECONDS = 10;

/** A path below the API root. */
export function pathOf(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

export function createHttp({
  baseUrl,
  fetch = (...args) => globalThis.fetch(...args),
  clock,
  timeout,
  contentType,
}: HttpOptions): Http {
  const root = baseUrl.replace(/\/+$/, '');

  const url = (path: string, query?: Record<string, string>) => {
    const text = new URLSearchParams(query).toString();
    return `${root}/${path}${text && `?${text}`}`;
  };

  const detailsOf = ({ path, body }: Call) => ({
    endpoint: `${body ? 'POST' : 'GET'} /${path}`,
    url: url(path),
  });

  /** @param whole whether the answer is read to its end within the timeout */
  async function request(call: Call, whole = true): Promise<Response> {
    const { path, query, body, signal = null } = call;
    // What changes state is repeated only when the server has said when to come back: it did nothing.
    let unsafe = false;
    const repeatable = [408, 429, 500, 502, 503, 504];
    const attempt: Fetch = async (...request) => {
      const answer = await fetch(...request);
      const wait = Number(answer.headers.get('retry-after'));
      if (wait > LONGEST_WAIT_SECONDS) repeatable.length = 0;
      if (!whole) return answer;
      // Read to its end, so that the timeout covers all of it.
      const content = await answer.arrayBuffer();
      return new Response(content.byteLength > 0 ? content : null, answer);
    };
    try {
      return await ky(url(path, query), {
        ...(body && {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': contentType },
        }),
        fetch: attempt,
        timeout: whole && timeout,
        signal,
        credentials: 'omit',
        // https://github.com/sindresorhus/ky/tree/v1.7.5#retry
        retry: {
          methods: ['get', 'post'],
          statusCodes: repeatable,
          afterStatusCodes: [429, 503],
          // Asked only when the server has not said how long to wait.
          delay(failures) {
            unsafe = body !== undefined;
            return unsafe ? 0 : backoff(failures, MAX_PAUSE_MS, clock);
          },
        },
        hooks: {
          beforeRetry: [
            ({ error }) => {
              if (unsafe) throw error;
            },
          ],
        },
      });
    } catch (error) {
      signal?.throwIfAborted();
      const details = detailsOf(call);
      if (error instanceof HTTPError) throw await refusal(error.response, details, clock);
      throw error instanceof KyTimeoutError
        ? new TimeoutError('The server did not answer in time.', details)
        : new NetworkError('The server cannot be reached.', {
            ...details,
            cause: safeCause(error),
          });
    }
  }

  return {
    url,
    blob: async (call) => (await request(call)).blob(),
    // A service may hold a download back until the bytes of an unfinished file arrive (spec 6.5).
    response: (call) => request(call, false),
    async json(call, decode) {
      const answer = await request(call);
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

async function refusal(
  answer: Response,
  details: GettErrorDetails,
  clock: Clock,
): Promise<GettError> {
  let body: unknown;
  let message: string | undefined;
  try {
    body = JSON.parse(redactText(await answer.text()));
    message = decodeErrorBody(body, '').error;
  } catch {
    // What stands in front of a service answers in HTML, or not to the end.
  }
  const retryAfter = parseRetryAfter(answer.headers.get('retry-after'), clock);
  return errorForStatus(answer.status, { ...details, body, retryAfter }, message);
}
