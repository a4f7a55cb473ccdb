import { browser } from 'wxt/browser';

const WATCH = 'watch';
const WAKE_UP = 'wake-up';

/** Calls of the alarms below. */
export function onAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === WATCH || name === WAKE_UP) listener();
  });
}

/** One every half minute, the shortest that Chromium grants, for as long as something is under way. */
export async function setWatch(wanted: boolean): Promise<void> {
  if (!wanted) {
    await browser.alarms.clear(WATCH);
  } else if (!(await browser.alarms.get(WATCH))) {
    await browser.alarms.create(WATCH, { periodInMinutes: 0.5 });
  }
}

/** @param at Unix milliseconds */
export async function setWakeUp(at: number): Promise<void> {
  await browser.alarms.create(WAKE_UP, { when: at });
}
