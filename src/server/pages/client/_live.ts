import { boolean, number, object, optional, string } from '../../../protocol/decoder.ts';
import { texts } from '../texts.ts';

/** After news that could not be shown the server is asked again; milliseconds. */
const RETRY = 2000;

const progress = object({
  state: string,
  live: optional(boolean),
  received: number,
  size: optional(number),
});

/**
 * Keeps a page true while what it shows may change.
 * @param onNew called when the content was replaced
 */
export function keepUp(onNew: () => void): void {
  const { events, state } = main().dataset;
  if (!events) return;
  if (document.hidden) onceShown(() => keepUp(onNew));
  else follow(events, state, onNew);
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
    setTimeout(() => keepUp(onNew), replaced ? 0 : RETRY);
  };
  source.addEventListener('message', ({ data }) => {
    const news = progress(JSON.parse(String(data)), 'progress');
    const state = news.state === 'remote' && news.live ? 'remote live' : news.state;
    if (state === shown) showProgress(news.received, news.size);
    else void catchUp();
  });
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) void catchUp();
  });
  // Over HTTP/1.1 a browser has six connections for all tabs of a server: one that nobody sees
  // must not take one of them.
  const onVisibility = () => {
    if (!document.hidden || source.readyState === EventSource.CLOSED) return;
    source.close();
    onceShown(() => keepUp(onNew));
  };
  document.addEventListener('visibilitychange', onVisibility, { once: true });
}

function onceShown(act: () => void): void {
  const onVisibility = () => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', onVisibility);
    act();
  };
  document.addEventListener('visibilitychange', onVisibility);
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

/** Takes the content of the page as it is now. `false` when it is the same or cannot be had. */
async function replaceMain(): Promise<boolean> {
  const fresh = await fetchMain();
  await released();
  const old = main();
  if (!fresh || fresh.outerHTML === lastShown) return false;
  lastShown = fresh.outerHTML;
  const focused = document.activeElement;
  const same = ['href', 'data-copy'].flatMap((name) => {
    const value = focused?.getAttribute(name);
    return value ? [`[${name}="${CSS.escape(value)}"]`] : [];
  });
  old.replaceWith(fresh);
  if (same.length > 0) fresh.querySelector<HTMLElement>(same.join())?.focus();
  return true;
}

let pressed = false;
/** Menus, drags and other windows end a press too. The blur of an element does not come so far up. */
const ENDS = ['pointerup', 'pointercancel', 'contextmenu', 'blur'];
window.addEventListener('pointerdown', ({ button }) => (pressed = button === 0));
for (const end of ENDS) window.addEventListener(end, () => (pressed = false));

/** What is pressed stays where it is until it is let go: otherwise there would be no click. */
async function released(): Promise<void> {
  if (!pressed) return;
  await new Promise<void>((resolve) => {
    for (const end of ENDS) {
      // The click follows.
      window.addEventListener(end, () => setTimeout(resolve), { once: true });
    }
  });
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
