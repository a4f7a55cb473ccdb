import { browser } from 'wxt/browser';

/** Pages that show what becomes of shares. */
const PAGES = ['/popup.html', '/share.html', '/sidepanel.html'];

const isView = (address: string | undefined) =>
  address !== undefined && PAGES.includes(new URL(address).pathname);

function isSeen(view: { document?: Document }): boolean {
  return view.document?.visibilityState === 'visible' && isView(view.document.URL);
}

/** Whether somebody can see one of them right now. */
export async function viewIsSeen(): Promise<boolean> {
  if (import.meta.env.FIREFOX) {
    return browser.extension.getViews({}).some((view) => isSeen(view));
  }
  const contexts = await browser.runtime.getContexts({
    contextTypes: ['POPUP', 'TAB', 'SIDE_PANEL'],
  });
  const seen = contexts
    .filter(({ documentUrl }) => isView(documentUrl))
    .map(async ({ contextType, tabId }) => {
      if (contextType !== 'TAB') return true;
      const tab = await browser.tabs.get(tabId).catch(() => undefined);
      return tab?.active === true;
    });
  return (await Promise.all(seen)).includes(true);
}
