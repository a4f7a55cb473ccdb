import { browser } from 'wxt/browser';

/** Only in Firefox, and missing from the types, which are Chromium's. */
declare module '@wxt-dev/browser' {
  namespace Browser {
    namespace sidebarAction {
      function open(): Promise<void>;
    }
  }
}

/**
 * Opens the view at the side of the window: the side panel in Chromium, the sidebar in Firefox.
 * Must be called within the click. https://developer.chrome.com/docs/extensions/reference/api/sidePanel
 */
export function openPanel(windowId: number | undefined): Promise<void> {
  if (import.meta.env.FIREFOX) return browser.sidebarAction.open();
  return windowId === undefined ? Promise.resolve() : browser.sidePanel.open({ windowId });
}
