import { browser } from 'wxt/browser';
import { t } from './i18n.ts';

export interface Shortcut {
  name: string;
  description: string;
  /** As the browser writes them; empty when none are set. */
  keys: string;
}

/** Chromium opens its page of shortcuts for extensions, Firefox does not. */
const PAGE = 'chrome://extensions/shortcuts';

export async function shortcuts(): Promise<Shortcut[]> {
  const commands = await browser.commands.getAll();
  return commands.map(({ name = '', description = '', shortcut = '' }) => ({
    name,
    description: description || t('shortcutOpen'),
    keys: shortcut,
  }));
}

export const hasShortcutsPage = !import.meta.env.FIREFOX;

export async function openShortcutsPage(): Promise<void> {
  await browser.tabs.create({ url: PAGE });
}
