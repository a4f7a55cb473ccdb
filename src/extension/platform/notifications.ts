import { browser } from 'wxt/browser';

/** Shown by the system. Title and text carry everything: Firefox has neither buttons nor pictures. */
export interface Notice {
  /** A new one with the same id takes the place of the old one. */
  id: string;
  title: string;
  text: string;
}

const PERMISSION = { permissions: ['notifications' as const] };

/** Nothing is shown to who has not allowed it. */
export async function showNotice({ id, title, text }: Notice): Promise<void> {
  if (!(await browser.permissions.contains(PERMISSION))) return;
  // A system without notifications refuses; the toolbar button says the same.
  await browser.notifications
    .create(id, { type: 'basic', iconUrl: '/icon/128.png', title, message: text })
    .catch(() => undefined);
}

export async function clearNotice(id: string): Promise<void> {
  if (await browser.permissions.contains(PERMISSION)) await browser.notifications.clear(id);
}

/**
 * Call synchronously at start. The interface is there only while the permission is held; Firefox has
 * its name even then, but nothing under it.
 */
export function onNoticeClicked(listener: (id: string) => void): void {
  const listen = () => {
    const { onClicked } = browser.notifications;
    const clicked = (id: string) => {
      void browser.notifications.clear(id);
      listener(id);
    };
    onClicked.addListener(clicked);
  };
  const { notifications }: Partial<typeof browser> = browser;
  if (notifications) listen();
  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (permissions?.includes('notifications')) listen();
  });
}
