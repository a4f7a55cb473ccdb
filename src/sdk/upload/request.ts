import { firstOf } from '../http/abort.ts';
import { errorForStatus, InvalidAnswerError } from '../http/answer-errors.ts';
import { StalledError } from '../http/call-errors.ts';
import { type Clock, LONGEST_TIMER_MS, parseRetryAfter } from '../http/clock.ts';
import { redactUrl } from '../http/redact.ts';
import type { Transport, TransportAnswer, TransportRequest } from './types.ts';

/** Socket buffers took this much ahead of the server; it may still be on its way when all is sent. */
const BUFFERED_BYTES = 8 * 1024 * 1024;
/** The slowest connection that is waited for while nobody can see bytes move, in bytes a millisecond. */
const SLOWEST = 32;

type UploadRequest = Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'> &
  Partial<Pick<TransportRequest, 'onSent' | 'onFinishing'>>;

/**
 * Makes one request of an upload and gives it up when nothing moves.
 *
 * @param read gives `undefined` for an answer that a service would not give
 * @throws what {@link errorForStatus} makes of every status but 2xx; InvalidAnswerError
 */
export type Exchange = <T>(
  request: UploadRequest,
  read: (answer: TransportAnswer) => T | undefined,
) => Promise<T>;

export function exchangeBy(
  transport: Transport,
  stallTimeout: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): Exchange {
  return async ({ onSent, onFinishing, ...request }, read) => {
    const url = redactUrl(request.url);
    const size = request.body ? (request.body.size ?? Number.POSITIVE_INFINITY) : 0;
    const stall = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const waitFor = (unseenBytes: number) => {
      clearTimeout(timer);
      // A source that was being read when the request ended still says so.
      if (over) return;
      const patience = Math.min(LONGEST_TIMER_MS, stallTimeout + unseenBytes / SLOWEST);
      timer = setTimeout(() => {
        const seconds = Math.round(patience / 1000);
        stall.abort(new StalledError(`The upload moved no byte for ${seconds} s.`, { url }));
      }, patience);
    };
    waitFor(transport.reportsProgress ? 0 : size);
    try {
      const answer = await transport.send({
        ...request,
        signal: firstOf(signal, stall.signal),
        onSent(bytes) {
          waitFor(0);
          onSent?.(bytes);
        },
        onFinishing() {
          waitFor(Math.min(size, BUFFERED_BYTES));
          onFinishing?.();
        },
      });
      const { status } = answer;
      const details = { status, endpoint: `${request.method} upload`, url };
      if (status < 200 || status > 299) {
        const retryAfter = parseRetryAfter(answer.header('retry-after'), clock);
        throw errorForStatus(status, { ...details, retryAfter });
      }
      const result = read(answer);
      if (result !== undefined) return result;
      throw new InvalidAnswerError("The server's answer cannot be understood.", details);
    } finally {
      over = true;
      clearTimeout(timer);
    }
  };
}
