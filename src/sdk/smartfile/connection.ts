import { type Clock, systemClock } from '../http/clock.ts';
import { isGettError } from '../http/gett-error.ts';
import { safeCause } from '../http/redact.ts';
import { createReporter } from '../upload/progress.ts';
import type { UploadProgress } from '../upload/types.ts';
import { contentOf, refusal } from './answer.ts';
import { SmartFileRequestError } from './errors.ts';
import type { Payload } from './payload.ts';
import { type ThrottleOptions, throttleDelay } from './throttle.ts';
import { createTransport, type HttpRequest, type TransportOptions } from './transport.ts';

/** What a connection takes from its surroundings. */
export interface ConnectionOptions extends TransportOptions {
  throttle?: ThrottleOptions | undefined;
  /** Default: the system's. */
  clock?: Clock | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Hears about ten times a second how much of a file has been sent. */
export type OnProgress = (progress: UploadProgress) => void;

export interface Connection {
  /** Resolves with an answer below 400; throttled requests are repeated (spec section 7). */
  send(request: HttpRequest, onProgress?: OnProgress): Promise<Response>;
  /** The whole text of an answer. */
  text(request: HttpRequest, response: Response): Promise<string>;
  /** The bytes of an answer as they come; `undefined` when there are none. */
  content(
    request: HttpRequest,
    response: Response,
  ): Promise<ReadableStream<Uint8Array> | undefined>;
}

export function connect(options: ConnectionOptions): Connection {
  const { clock = systemClock, throttle = {} } = options;
  const { wait = true, attempts = 3 } = throttle;
  const transport = createTransport(options);

  const failed = (request: HttpRequest, attempt: number, error: unknown): never => {
    request.signal?.throwIfAborted();
    // What goes wrong while a body is read comes as the cause of a network error.
    const own = [error, error instanceof Error && error.cause].find(isGettError);
    if (own) throw own;
    const { endpoint } = request;
    throw new SmartFileRequestError(
      `SmartFile could not be reached for ${endpoint}: check the network and the base URL.`,
      'network',
      { endpoint, attempts: attempt, cause: safeCause(error) },
    );
  };

  const text = (request: HttpRequest, response: Response, attempt = 1): Promise<string> =>
    response.text().catch((error: unknown) => failed(request, attempt, error));

  return {
    text,
    content: (request, response) => contentOf(response, (error) => failed(request, 1, error)),
    async send(request, onProgress) {
      const { endpoint, auth, payload, signal } = request;
      for (let attempt = 1; ; attempt += 1) {
        signal?.throwIfAborted();
        const reporter = onProgress && reporterOf(payload, onProgress, attempt, clock);
        const response = await transport(request, reporter?.onSent).catch((error: unknown) =>
          failed(request, attempt, error),
        );
        if (response.status < 400) {
          reporter?.done();
          return response;
        }
        const retryAfter = throttleDelay(response, clock);
        const body = auth.redact(await text(request, response, attempt));
        const error = refusal({ endpoint, response, text: body, retryAfter });
        if (retryAfter === undefined || !wait || !isReplayable(payload)) throw error;
        if (attempt >= attempts) {
          throw new SmartFileRequestError(
            `SmartFile throttled all ${attempt} attempts of ${endpoint}: try again later.`,
            'too-many-requests',
            { endpoint, status: response.status, attempts: attempt, retryAfter, cause: error },
          );
        }
        await clock.sleep(retryAfter, signal);
      }
    },
  };
}

function isReplayable(payload: Payload | undefined): boolean {
  return payload?.kind !== 'files' || payload.replayable();
}

/** Takes what frames the file off the count of bytes. */
function reporterOf(
  payload: Payload | undefined,
  onProgress: OnProgress,
  attempt: number,
  clock: Clock,
): { onSent: (bytes: number) => void; done: () => void } | undefined {
  if (payload?.kind !== 'files') return undefined;
  const { frame, fileSize } = payload;
  const reporter = createReporter(
    onProgress,
    Number.isNaN(fileSize) ? undefined : fileSize,
    attempt,
    clock,
  );
  return {
    done: () => reporter.done(),
    onSent: (bytes) =>
      bytes - frame === fileSize ? reporter.finishing() : reporter.sent(Math.max(0, bytes - frame)),
  };
}
