import { type GettUpload, UPLOAD_REPLY } from '../../protocol/shapes.ts';
import { InvalidAnswerError } from '../http/answer-errors.ts';
import { NetworkError, SourceChangedError } from '../http/call-errors.ts';
import { backoff, type Clock, systemClock } from '../http/clock.ts';
import { type GettError, isGettError } from '../http/gett-error.ts';
import { redactUrl, safeCause } from '../http/redact.ts';
import { bodyOf } from './body.ts';
import { createReporter } from './progress.ts';
import { type Attempt, detailsOf, exchange } from './request.ts';
import { sendRest } from './resumable.ts';
import { chooseTransport } from './transports/choose.ts';
import type { Body, UploadOptions, UploadSource } from './types.ts';

const MAX_DELAY_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/** From here on it pays to ask the service first what it has. */
const RESUMABLE_FROM = 8 * 1024 * 1024;

/**
 * Sends one file to its upload URLs. Needs no token: the URLs carry their own permission. Failures
 * that may pass are tried again after growing pauses or as the service asks, from the start or, by
 * `resumable`, from what the service has; there, tries that got on do not count. The same call after
 * a restart of the program goes on as well: all it needs is the target.
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
  const { transport = chooseTransport(), stallTimeout = 60_000, onProgress } = options;
  const method = methodFor(target, body, options);
  let kept = 0;
  for (let number = 1, failures = 0; ; number++) {
    signal?.throwIfAborted();
    const attempt = { number, body, transport, signal, stallTimeout, clock, onProgress };
    try {
      if (method !== 'resumable') return await sendWhole(method, target, attempt);
      return await sendRest(target.puturl, body.size ?? 0, options.chunkSize, attempt, (offset) => {
        if (offset <= kept) return;
        kept = offset;
        failures = 0;
      });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const failure = await explain(error, body, target);
      failures += 1;
      if (!failure.retryable || failures > retries || !body.replayable) throw failure;
      await clock.sleep(delayBefore(failures, failure, clock), signal);
    }
  }
}

function methodFor(
  { resumable }: GettUpload,
  { size }: Body,
  { method, resumableFrom = RESUMABLE_FROM }: UploadOptions,
): 'post' | 'put' | 'resumable' {
  if (method === 'post' || method === 'put') return method;
  const wanted = method === 'resumable' || (size ?? 0) >= resumableFrom;
  return resumable && size !== undefined && wanted ? 'resumable' : 'post';
}

async function sendWhole(
  method: 'post' | 'put',
  { posturl, puturl }: GettUpload,
  attempt: Attempt,
): Promise<void> {
  const { body, number, clock, onProgress } = attempt;
  const report = createReporter(onProgress, body.size, number, clock);
  const request = {
    method,
    url: method === 'post' ? posturl : puturl,
    body,
    onSent: report.sent,
    onFinishing: report.finishing,
  };
  const answer = await exchange(attempt, request);
  if (answer.text.trim() !== UPLOAD_REPLY) {
    throw new InvalidAnswerError(
      'The upload was answered by something else than a Ge.tt service.',
      detailsOf(request, answer),
    );
  }
  report.done();
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

function delayBefore(failures: number, { retryAfter }: GettError, clock: Clock): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, MAX_RETRY_AFTER_MS);
  return backoff(failures, MAX_DELAY_MS, clock);
}
