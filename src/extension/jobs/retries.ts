import type { Job, RetryReason } from './job.ts';

/** Milliseconds before the second, third and fourth try. */
const PAUSES = [5_000, 30_000, 120_000];

/** When a file is tried again by itself that has just failed; not at all after four tries. */
export function nextTry(
  { tries: before = 0 }: Job,
  { retryAt: asked = 0, ...reason }: RetryReason,
  now: number,
): { tries: number; reason: RetryReason } {
  const tries = before + 1;
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return { tries, reason };
  return { tries, reason: { ...reason, retryAt: Math.max(asked, now + pause) } };
}
