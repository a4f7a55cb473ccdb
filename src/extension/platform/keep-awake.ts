import { browser } from 'wxt/browser';

/** Both browsers wait 30 s; a busy machine may be late with several calls. In milliseconds. */
const PERIOD = 5_000;
let holders = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Keeps the background from being stopped as idle while the work lasts. Browsers do not count a
 * pending request as activity, but they count a call of an extension API.
 * https://searchfox.org/firefox-main/source/toolkit/components/extensions/test/xpcshell/test_ext_eventpage_idle.js
 */
export async function keepAwake<T>(work: () => Promise<T>): Promise<T> {
  holders += 1;
  timer ??= setInterval(() => void browser.runtime.getPlatformInfo(), PERIOD);
  try {
    return await work();
  } finally {
    holders -= 1;
    if (holders === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }
}
