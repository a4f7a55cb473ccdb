import { type Clock, parseRetryAfter } from '../http/clock.ts';

/** How to answer "too many requests". */
export interface ThrottleOptions {
  /** Wait as long as the service asks and try again. Default `true`. */
  wait?: boolean;
  /** Tries in all, the first included. Default 3. */
  attempts?: number;
}

/**
 * Milliseconds that the service asks to wait, or `undefined` when the answer is not a throttle: a
 * 503 with `X-Throttle: <text>; next=<number> sec`, or a 429, by default one second (spec section
 * 7). A 503 without that header is an ordinary error.
 */
export function throttleDelay(response: Response, clock: Clock): number | undefined {
  const { status, headers } = response;
  if (status === 429) return parseRetryAfter(headers.get('Retry-After'), clock) ?? 1_000;
  const header = (status === 503 && headers.get('X-Throttle')) || '';
  const seconds = /^.+; next=(\d+\.?\d*|\.\d+) sec$/.exec(header)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
