import { errorForStatus } from '../http/answer-errors.ts';
import { StalledError } from '../http/call-errors.ts';
import { type Clock, parseRetryAfter } from '../http/clock.ts';
import type { GettErrorDetails } from '../http/gett-error.ts';
import { redactUrl } from '../http/redact.ts';
import type {
  Body,
  Transport,
  TransportAnswer,
  TransportRequest,
  UploadProgress,
} from './types.ts';

/** Longer ones end at once. https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Socket buffers took this much ahead of the server; it may still be on its way when all is sent. */
const BUFFERED_BYTES = 8 * 1024 * 1024;
/** The slowest connection that is waited for while nobody can see bytes move, in bytes a second. */
const SLOWEST = 32 * 1024;

/** One try to send a file. */
export interface Attempt {
  /** 1 for the first. */
  number: number;
  body: Body;
  transport: Transport;
  signal: AbortSignal | undefined;
  stallTimeout: number;
  clock: Clock;
  onProgress: ((progress: UploadProgress) => void) | undefined;
}

type UploadRequest = Omit<TransportRequest, 'signal' | 'onSent' | 'onFinishing'> &
  Partial<Pick<TransportRequest, 'onSent' | 'onFinishing'>>;

/**
 * Makes one request of an upload and gives it up when nothing moves.
 *
 * @throws what {@link errorForStatus} makes of every status but 2xx
 */
export async function exchange(
  { transport, signal, stallTimeout, clock }: Attempt,
  { onSent, onFinishing, ...request }: UploadRequest,
): Promise<TransportAnswer> {
  const size = request.body ? (request.body.size ?? Number.POSITIVE_INFINITY) : 0;
  const stall = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waitFor = (unseenBytes: number) => {
    clearTimeout(timer);
    const patience = Math.min(LONGEST_TIMER_MS, stallTimeout + (unseenBytes / SLOWEST) * 1000);
    timer = setTimeout(() => {
      const seconds = Math.round(patience / 1000);
      const details = { url: redactUrl(request.url) };
      stall.abort(new StalledError(`The upload moved no byte for ${seconds} s.`, details));
    }, patience);
  };
  waitFor(transport.reportsProgress ? 0 : size);
  try {
    const answer = await transport.send({
      ...request,
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
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
    if (status >= 200 && status < 300) return answer;
    throw errorForStatus(status, `The upload was refused with status ${status}.`, {
      ...detailsOf(request, answer),
      retryAfter: parseRetryAfter(answer.header('retry-after'), clock),
    });
  } finally {
    clearTimeout(timer);
  }
}

export function detailsOf(
  { method, url }: { method: string; url: string },
  { status }: TransportAnswer,
): GettErrorDetails {
  return { status, endpoint: `${method.toUpperCase()} upload`, url: redactUrl(url) };
}
