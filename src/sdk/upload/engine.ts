import { type GettUpload, UPLOAD_REPLY } from '../../protocol/shapes.ts';
import { errorForStatus, InvalidAnswerError } from '../http/answer-errors.ts';
import { NetworkError, SourceChangedError, StalledError } from '../http/call-errors.ts';
import { type Clock, parseRetryAfter, systemClock } from '../http/clock.ts';
import { type GettError, isGettError } from '../http/gett-error.ts';
import { redactUrl, safeCause } from '../http/redact.ts';
import { bodyOf } from './body.ts';
import { createReporter } from './progress.ts';
import { chooseTransport } from './transports/choose.ts';
import type { Body, TransportAnswer, UploadOptions, UploadSource } from './types.ts';

const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/** Longer ones end at once. https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Socket buffers took this much ahead of the server; it may still be on its way when all is sent. */
const BUFFERED_BYTES = 8 * 1024 * 1024;
/** The slowest connection that is waited for while nobody can see bytes move, in bytes a second. */
const SLOWEST = 32 * 1024;

/**
 * Sends one file to its upload URLs. Needs no token: the URLs carry their own permission. Failures
 * that may pass are tried again from the start, after growing pauses or as the service asks.
 *
 * @throws StorageLimitError, AccessDeniedError, NotFoundError at once; NetworkError, StalledError,
 * ServerError, TooManyRequestsError after the last try; SourceChangedError when the file is no
 * longer what it was; `signal.reason` when aborted
 * @example
 * await uploadFile(file.upload, blob, { onProgress: ({ sent, total }) => draw(sent, total) });
 */
export async function uploadFile(
  target: GettUpload,
  source: UploadSource,
  options: UploadOptions = {},
): Promise<void> {
  const { signal, retries = 4, clock = systemClock } = options;
  const body = bodyOf(source, options.name);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await sendOnce(target, body, { ...options, clock }, attempt);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const failure = await explain(error, body, target);
      if (!failure.retryable || attempt > retries || !body.replayable) throw failure;
      await clock.sleep(delayBefore(attempt, failure, clock), signal);
    }
  }
}

async function sendOnce(
  target: GettUpload,
  body: Body,
  options: UploadOptions & { clock: Clock },
  attempt: number,
): Promise<void> {
  const { method = 'post', signal, stallTimeout = 60_000, clock } = options;
  const transport = options.transport ?? chooseTransport();
  const url = method === 'post' ? target.posturl : target.puturl;
  const report = createReporter(options.onProgress, body.size, attempt, clock);
  const stall = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waitFor = (unseenBytes: number) => {
    clearTimeout(timer);
    const patience = Math.min(LONGEST_TIMER_MS, stallTimeout + (unseenBytes / SLOWEST) * 1000);
    timer = setTimeout(() => stall.abort(stalled(url, patience)), patience);
  };
  waitFor(transport.reportsProgress ? 0 : (body.size ?? Number.POSITIVE_INFINITY));
  try {
    const answer = await transport.send({
      method,
      url,
      body,
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
      onSent(bytes) {
        waitFor(0);
        report.sent(bytes);
      },
      onFinishing() {
        waitFor(Math.min(body.size ?? BUFFERED_BYTES, BUFFERED_BYTES));
        report.finishing();
      },
    });
    accept(answer, method, url, clock);
    report.done();
  } finally {
    clearTimeout(timer);
  }
}

function accept(
  { status, text, retryAfter }: TransportAnswer,
  method: string,
  url: string,
  clock: Clock,
) {
  const details = { status, endpoint: `${method.toUpperCase()} upload`, url: redactUrl(url) };
  if (status !== 200) {
    throw errorForStatus(status, `The upload was refused with status ${status}.`, {
      ...details,
      retryAfter: parseRetryAfter(retryAfter, clock),
    });
  }
  if (text.trim() === UPLOAD_REPLY) return;
  throw new InvalidAnswerError(
    'The upload was answered by something else than a Ge.tt service.',
    details,
  );
}

function stalled(url: string, milliseconds: number) {
  const seconds = Math.round(milliseconds / 1000);
  return new StalledError(`The upload moved no byte for ${seconds} s.`, { url: redactUrl(url) });
}

/** A try without an answer is a lost connection, unless the file itself can no longer be read. */
async function explain(error: unknown, body: Body, { puturl }: GettUpload): Promise<GettError> {
  if (isGettError(error)) return error;
  const details = { url: redactUrl(puturl), cause: safeCause(error) };
  return body.probe().then(
    () => new NetworkError('The connection was lost during the upload.', details),
    (cause: unknown) =>
      new SourceChangedError('The file has changed or moved since it was chosen.', {
        ...details,
        cause,
      }),
  );
}

function delayBefore(attempt: number, { retryAfter }: GettError, clock: Clock): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, MAX_RETRY_AFTER_MS);
  const full = Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (attempt - 1));
  return full * (0.5 + clock.random() / 2);
}
