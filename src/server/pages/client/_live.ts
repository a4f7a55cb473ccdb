import { number, object, optional, string } from '../../../protocol/decoder.ts';
import { texts } from '../texts.ts';

/** A page that hears of no progress asks for news so often at first, milliseconds. */
const POLLING = 2000;
/** And so often when it has been waiting for long. */
const SLOWEST_POLLING = 30_000;

const progress = object({ state: string, received: number, size: optional(number) });

/**
 * Keeps a page true while what it shows is on its way.
 * @param onNew called when the content was replaced
 */
export function keepUp(onNew: () => void): void {
  const { live, events, state } = main().dataset;
  if (live === 'events' && events) follow(events, state, onNew);
  if (live === 'polling') poll(onNew);
}

function main(): HTMLElement {
  return document.getElementById('main') ?? document.body;
}

/** The browser connects again by itself when the connection is lost, but not after an error. */
function follow(url: string, shown: string | undefined, onNew: () => void): void {
  const source = new EventSource(url);
  const catchUp = async () => {
    source.close();
    const replaced = await replaceMain();
    if (replaced) onNew();
    setTimeout(() => keepUp(onNew), replaced ? 0 : POLLING);
  };
  source.addEventListener('message', ({ data }) => {
    const news = progress(JSON.parse(String(data)), 'progress');
    if (news.state === shown) showProgress(news.received, news.size);
    else void catchUp();
  });
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) void catchUp();
  });
}

function showProgress(received: number, size: number | undefined): void {
  const bar = main().querySelector('progress');
  const label = main().querySelector<HTMLElement>('.received');
  if (!bar || !label) return;
  if (size !== undefined) {
    bar.max = Math.max(size, 1);
    bar.value = size === 0 ? 1 : received;
  }
  label.textContent = texts.progress(received, size);
  label.hidden = false;
}

function poll(onNew: () => void, delay = POLLING): void {
  const ask = async () => {
    const replaced = !document.hidden && (await replaceMain());
    if (!replaced) return poll(onNew, Math.min(delay * 1.2, SLOWEST_POLLING));
    onNew();
    keepUp(onNew);
  };
  setTimeout(() => void ask(), delay);
}

/** Takes the content of the page as it is now. `false` when it is the same or cannot be had. */
async function replaceMain(): Promise<boolean> {
  const fresh = await fetchMain();
  const old = main();
  if (!fresh || fresh.outerHTML === lastShown) return false;
  lastShown = fresh.outerHTML;
  const focused = document.activeElement?.getAttribute('href');
  old.replaceWith(fresh);
  if (focused) fresh.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
  return true;
}

/** As the server wrote it: the page itself changes while people use it. */
let lastShown = main().outerHTML;

async function fetchMain(): Promise<HTMLElement | null> {
  try {
    const response = await fetch(location.href, { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    document.title = page.title || document.title;
    return page.getElementById('main');
  } catch {
    return null;
  }
}
