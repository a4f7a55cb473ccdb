import type { Clock } from '../http/clock.ts';
import type { UploadPhase, UploadProgress } from './types.ts';

/** Engines report from 4 to 25,000 times a second; a view needs about ten. */
const INTERVAL_MS = 100;

export interface Reporter {
  sent: (bytes: number) => void;
  finishing: () => void;
  done: () => void;
}

/** Turns what a transport says into steady progress that never goes back within one try. */
export function createReporter(
  onProgress: ((progress: UploadProgress) => void) | undefined,
  total: number | undefined,
  attempt: number,
  clock: Clock,
  resumedFrom = 0,
): Reporter {
  let sent = resumedFrom;
  let last = clock.now();
  const report = (phase: UploadPhase) => {
    last = clock.now();
    onProgress?.({ phase, sent, total, attempt, ...(resumedFrom > 0 && { resumedFrom }) });
  };
  const all = (phase: UploadPhase) => () => {
    sent = total ?? sent;
    report(phase);
  };
  report('sending');
  return {
    sent(bytes) {
      sent = Math.max(sent, Math.min(bytes, total ?? bytes));
      if (clock.now() - last >= INTERVAL_MS) report('sending');
    },
    finishing: all('finishing'),
    done: all('done'),
  };
}
