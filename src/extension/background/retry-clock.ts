import { isRetry, type Job } from '../jobs/job.ts';
import { setWakeUp } from '../platform/alarm.ts';

/** Wakes the background up when the next try of some file is due. */
export interface RetryClock {
  set: (jobs: readonly Job[]) => void;
}

export function createRetryClock(due: () => void): RetryClock {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    set(jobs) {
      clearTimeout(timer);
      const times = jobs.flatMap(({ state }) => {
        if (state.name !== 'waiting' || !isRetry(state.reason)) return [];
        return state.reason.retryAt ?? [];
      });
      if (times.length === 0) return;
      const next = Math.min(...times);
      timer = setTimeout(due, Math.max(0, next - Date.now()));
      // The timer ends with the background, which is stopped after 30 s without work.
      void setWakeUp(next);
    },
  };
}
