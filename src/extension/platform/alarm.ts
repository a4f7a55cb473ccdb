import { browser } from 'wxt/browser';

const RETRY = 'retry';

/** A wake-up call every half minute, the shortest that Chromium grants. */
export function onRetryAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === RETRY) listener();
  });
}

export async function setRetryAlarm(wanted: boolean): Promise<void> {
  if (!wanted) {
    await browser.alarms.clear(RETRY);
  } else if (!(await browser.alarms.get(RETRY))) {
    await browser.alarms.create(RETRY, { periodInMinutes: 0.5 });
  }
}
