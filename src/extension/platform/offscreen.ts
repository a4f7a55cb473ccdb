import { browser } from 'wxt/browser';

/** Chromium's document without a window, which outlives the service worker. */
const URL = 'offscreen.html';
let opening: Promise<void> | undefined;

export async function offscreenIsOpen(): Promise<boolean> {
  const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  return contexts.length > 0;
}

/** Creating a second one is an error, so everybody who needs it waits for the same promise. */
export async function openOffscreen(): Promise<void> {
  opening ??= (async () => {
    if (await offscreenIsOpen()) return;
    await browser.offscreen.createDocument({
      url: URL,
      reasons: ['BLOBS', 'CLIPBOARD'],
      justification: 'Sends files with progress, and copies the link of a new share.',
    });
  })().finally(() => {
    opening = undefined;
  });
  return opening;
}

export async function closeOffscreen(): Promise<void> {
  if (await offscreenIsOpen()) await browser.offscreen.closeDocument();
}
