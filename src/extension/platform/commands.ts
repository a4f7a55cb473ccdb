import { browser } from 'wxt/browser';

/** What can be put on keys besides opening the popup. Nobody's keys are taken unasked. */
export type Command = 'choose-files' | 'screenshot-area';

/** Call synchronously at start, or the key that wakes the background does nothing. */
export function onCommand(listener: (command: Command, tabId: number | undefined) => void): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'choose-files' || command === 'screenshot-area') listener(command, tab?.id);
  });
}
