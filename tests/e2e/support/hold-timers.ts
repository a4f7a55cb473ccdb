import type { Worker } from '@playwright/test';

/**
 * Holds back what the extension's worker, or one of its pages, does by itself after a second or more,
 * until what it gives is called: for states that would pass before they have been looked at.
 */
export async function holdTimers(of: Pick<Worker, 'evaluate'>): Promise<() => Promise<void>> {
  await of.evaluate(() => {
    const scope = globalThis as unknown as TimerScope;
    const { setTimeout: usual, chrome, browser } = scope;
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    scope.setTimeout = (work, after = 0, ...rest) => {
      const late = () => void opened.then(() => work(...rest));
      return usual(after < 1_000 ? work : late, after, ...rest);
    };
    // They do the same as timers, in case the worker has ended by then.
    const apis = new Set([chrome, browser].flatMap((api) => api?.alarms ?? []));
    const usualAlarms = [...apis].map((alarms) => ({ alarms, create: alarms.create }));
    for (const alarms of apis) alarms.create = () => Promise.resolve();
    scope.letTimersGo = () => {
      scope.setTimeout = usual;
      for (const { alarms, create } of usualAlarms) alarms.create = create;
      open();
    };
  });
  return () => of.evaluate(() => (globalThis as unknown as TimerScope).letTimersGo());
}

interface AlarmsApi {
  alarms: { create: (...alarm: unknown[]) => Promise<void> };
}
type Work = (...rest: unknown[]) => void;
interface TimerScope {
  setTimeout: (work: Work, after?: number, ...rest: unknown[]) => number;
  chrome?: AlarmsApi;
  browser?: AlarmsApi;
  letTimersGo: () => void;
}
