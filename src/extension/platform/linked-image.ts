import { browser } from 'wxt/browser';

/** Only in Firefox, and missing from the types, which are Chromium's. */
declare module '@wxt-dev/browser' {
  namespace Browser {
    namespace contextMenus {
      interface Shown {
        /** Entries of the extension that are in the menu. */
        menuIds: (number | string)[];
        contexts: string[];
        /** Where the extension has access to the page. */
        linkUrl?: string;
      }
      export const onShown: Browser.events.Event<(shown: Shown) => void>;
      export const onHidden: Browser.events.Event<() => void>;
      function refresh(): Promise<void>;
    }
  }
}

/**
 * Firefox asks of a picture with a link whether one of the two addresses has the pattern, not which.
 * So the entry is hidden until a menu is opened where the extension may know the link: on pages to
 * which it has access, be it by a click before. The price is that every menu wakes the event page:
 * nothing that is fixed beforehand tells a picture that links to a picture from one that does not.
 * Call synchronously at start.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/menus/onShown
 */
export function offerLinkedImage(id: string, isPicture: (address: string) => boolean): void {
  const { contextMenus } = browser;
  const show = async (visible: boolean) => {
    await contextMenus.update(id, { visible });
    await contextMenus.refresh();
  };
  const hide = () => {
    contextMenus.onHidden.removeListener(hide);
    void show(false);
  };
  contextMenus.onShown.addListener(({ menuIds, contexts, linkUrl }) => {
    const wanted = contexts.includes('image') && linkUrl !== undefined && isPicture(linkUrl);
    if (wanted === menuIds.includes(id)) return;
    void show(wanted);
    if (wanted) contextMenus.onHidden.addListener(hide);
  });
}
