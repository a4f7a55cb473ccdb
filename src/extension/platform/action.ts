import { browser } from 'wxt/browser';

/** The toolbar button. The title says in words what the badge says in a sign. */
export async function showBadge(text: string, title: string): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: text === '!' ? '#b3261e' : '#1f7a3d' }),
    browser.action.setBadgeTextColor({ color: '#ffffff' }),
    browser.action.setTitle({ title }),
  ]);
}

/**
 * Opens the popup again after a question of the browser has closed it, unless the question was
 * asked in a tab. Firefox before 149 opens no popup without a click.
 */
export async function reopenPopup(): Promise<void> {
  if (import.meta.env.FIREFOX) return;
  const views = await browser.runtime.getContexts({ contextTypes: ['POPUP', 'TAB'] });
  if (views.length === 0) await tryOpenPopup();
}

/** Opens the popup where the browser allows it; the badge says the same where it does not. */
export async function tryOpenPopup(): Promise<void> {
  await browser.action.openPopup().catch(() => undefined);
}
