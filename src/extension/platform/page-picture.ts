import { browser } from 'wxt/browser';
import { onPageMessage } from './messages.ts';

/** What a page's own fetch of a picture gave. */
export interface PagePicture {
  bytes: Blob;
  status: number;
  disposition: string | null;
}

/** Chrome's name for the extension's API; both browsers offer it to injected functions. */
declare const chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };

const waiting = new Map<string, (picture: PagePicture | undefined) => void>();

/** Call synchronously at start: a picture may arrive right after the background was woken. */
export function receivePagePictures(): void {
  onPageMessage((message) => {
    const answer = decode(message);
    if (!answer) return;
    waiting.get(answer.ticket)?.(answer.picture);
    waiting.delete(answer.ticket);
  });
}

/**
 * Reads a picture inside its page, with the page's cookies and Referer. `undefined` when the page
 * may not read it either; rejects where the browser allows no script.
 */
export async function fetchInPage(
  where: { tabId: number; frameId: number; private?: boolean },
  src: string,
): Promise<PagePicture | undefined> {
  const ticket = crypto.randomUUID();
  const arrived = new Promise<PagePicture | undefined>((resolve) => waiting.set(ticket, resolve));
  try {
    await browser.scripting.executeScript({
      target: { tabId: where.tabId, frameIds: [where.frameId] },
      func: fetchAndSend,
      args: [src, ticket, where.private === true],
    });
    // The function has ended; its message is on the way, or the page was left meanwhile.
    return await Promise.race([arrived, after(10_000)]);
  } finally {
    waiting.delete(ticket);
  }
}

/** The tab shows another page by now, or is gone. */
export async function pageLeft({
  tabId,
  url,
}: {
  tabId: number;
  url: string | undefined;
}): Promise<boolean> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  if (!tab) return true;
  // Its address is told only of pages that the extension may read.
  return url !== undefined && tab.url !== undefined && tab.url !== url;
}

/**
 * Runs in the page, so it may use nothing from outside itself. A Blob travels by message, because
 * Chromium turns it into {} as a result of `executeScript`. Out of a private window not even that:
 * its Blobs belong to another profile, and Chromium ends the process that is given one. There the
 * bytes themselves travel, 64 MiB at most.
 */
async function fetchAndSend(src: string, ticket: string, copied: boolean): Promise<void> {
  const own = src.startsWith('blob:') || new URL(src).origin === location.origin;
  try {
    const response = await fetch(src, { credentials: own ? 'include' : 'omit' });
    const blob = await response.blob();
    await chrome.runtime.sendMessage({
      ticket,
      bytes: copied ? await blob.arrayBuffer() : blob,
      type: blob.type,
      status: response.status,
      disposition: response.headers.get('content-disposition'),
    });
  } catch {
    await chrome.runtime.sendMessage({ ticket });
  }
}

function decode(message: unknown): { ticket: string; picture?: PagePicture } | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('ticket' in message) || typeof message.ticket !== 'string') return undefined;
  const { ticket } = message;
  const type = 'type' in message && typeof message.type === 'string' ? message.type : '';
  const sent = 'bytes' in message ? message.bytes : undefined;
  const bytes = sent instanceof ArrayBuffer ? new Blob([sent], { type }) : sent;
  if (!(bytes instanceof Blob)) return { ticket };
  const status = 'status' in message && typeof message.status === 'number' ? message.status : 0;
  const disposition =
    'disposition' in message && typeof message.disposition === 'string'
      ? message.disposition
      : null;
  return { ticket, picture: { bytes, status, disposition } };
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}
