import { abortable } from './abort.ts';

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /**
   * Resolves after so many milliseconds; never if they are more than 2³¹ − 1, 24.8 days. Rejects
   * with `signal.reason`.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1, for jitter. */
  random(): number;
}

/** Longer ones end at once. https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep(milliseconds, signal) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = new Promise<void>((resolve) => {
      if (milliseconds <= LONGEST_TIMER_MS) timer = setTimeout(resolve, milliseconds);
    });
    return abortable(pause, signal).finally(() => clearTimeout(timer));
  },
};

/** Milliseconds before a try after so many failures: about 1 s, 2 s, 4 s and so on up to `max`. */
export function backoff(failures: number, max: number, clock: Clock): number {
  return Math.min(max, 1000 * 2 ** (failures - 1)) * (0.5 + clock.random() / 2);
}

/**
 * Milliseconds from a `Retry-After` header: seconds or an HTTP date.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(header: string | null, clock: Clock): number | undefined {
  if (!header?.trim()) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - clock.now() : seconds * 1000;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
