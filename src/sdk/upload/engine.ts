import { chooseTransport } from '#transport';
import { type GettUpload, UPLOAD_REPLY } from '../../protocol/shapes.ts';
import { NetworkError } from '../http/call-errors.ts';
import { backoff, systemClock } from '../http/clock.ts';
import { type GettError, isGettError } from '../http/gett-error.ts';
import { redactUrl, safeCause } from '../http/redact.ts';
import { bodyOf, unreadable } from './body.ts';
import { createReporter } from './progress.ts';
import { exchangeBy } from './request.ts';
import { sendRest } from './resumable.ts';
import type { UploadOptions, UploadSource } from './types.ts';

const MAX_DELAY_MS = 30_000;
const MAX_RETRY_AFTER_MS = 60_000;

/** From here on it pays to ask the service first what it has. */
const RESUMABLE_FROM = 8 * 1024 * 1024;

/** Slices for transports that see progress only between requests. */
const BLIND_CHUNK = 8 * 1024 * 1024;

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
 * const target = await file.uploadUrls();
 * await uploadFile(target, blob, { onProgress: ({ sent, total }) => draw(sent, total) });
 */
export async function uploadFile(
  { puturl, posturl, resumable }: GettUpload,
  source: UploadSource,
  options: UploadOptions = {},
): Promise<void> {
  const { signal, onProgress, retries = 4, clock = systemClock, stallTimeout = 60_000 } = options;
  const { transport = chooseTransport(), resumableFrom = RESUMABLE_FROM } = options;
  const body = bodyOf(source, options.name);
  const { size } = body;
  const { method = (size ?? 0) < resumableFrom ? 'post' : 'resumable' } = options;
  const exchange = exchangeBy(transport, stallTimeout, clock, signal);

  let kept = 0;
  let failures = 0;
  const send = async (attempt: number) => {
    if (method === 'resumable' && resumable && size !== undefined) {
      const step = options.chunkSize ?? (transport.reportsProgress ? size : BLIND_CHUNK);
      const reportFrom = (offset: number) => {
        if (offset > kept) failures = 0;
        kept = Math.max(kept, offset);
        return createReporter(onProgress, size, attempt, clock, offset);
      };
      return sendRest(exchange, puturl, body, size, step, reportFrom, options.beforePart);
    }
    const report = createReporter(onProgress, size, attempt, clock);
    await exchange(
      {
        ...(method === 'put' ? { method: 'PUT', url: puturl } : { method: 'POST', url: posturl }),
        body,
        onSent: report.sent,
        onFinishing: report.finishing,
      },
      ({ text }) => text.trim() === UPLOAD_REPLY || undefined,
    );
    report.done();
  };

  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await send(attempt);
    } catch (error) {
      signal?.throwIfAborted();
      const failure = isGettError(error) ? error : await explain(error, source, puturl);
      failures += 1;
      if (!failure.retryable || failures > retries || !body.replayable) throw failure;
      const { retryAfter = backoff(failures, MAX_DELAY_MS, clock) } = failure;
      await clock.sleep(Math.min(retryAfter, MAX_RETRY_AFTER_MS), signal);
    }
  }
}

/** A try without an answer is a lost connection, unless the file itself can no longer be read. */
async function explain(error: unknown, source: UploadSource, url: string): Promise<GettError> {
  if (source instanceof Blob) await source.slice(0, 1).arrayBuffer().catch(unreadable);
  return new NetworkError('The connection was lost.', {
    url: redactUrl(url),
    cause: safeCause(error),
  });
}
