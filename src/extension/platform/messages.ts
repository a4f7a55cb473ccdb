import { browser } from 'wxt/browser';

/** A table of calls between the extension's contexts: each takes one value and answers later. */
export type Calls<T> = { [K in keyof T]: (input: never) => Promise<unknown> };

type Input<F> = F extends (input: infer I) => unknown ? I : never;
type Output<F> = F extends (input: never) => Promise<infer O> ? O : never;

/** The part of another context's table that a caller sees. */
export type Caller<T> = <K extends keyof T & string>(
  name: K,
  input: Input<T[K]>,
) => Promise<Output<T[K]>>;

type Envelope = { ok: true; value: unknown } | { ok: false; message: string };

/** Who answers: the background, or the document that hosts uploads. */
export type Recipient = 'background' | 'host';

/**
 * Answers calls that pages and workers of this extension make. Both sides are the same build,
 * so inputs need no decoding; scripts in web pages are refused, they have a channel of their own.
 * The table may come later than the listener, which browsers want at once.
 */
export function serve<T extends Calls<T>>(as: Recipient, calls: T | Promise<T>): void {
  const table = Promise.resolve(calls).then(
    (calls) => new Map<string, (input: never) => Promise<unknown>>(Object.entries(calls)),
  );
  const answer = async ({ call, input }: { call: string; input: never }): Promise<Envelope> => {
    const handler = (await table).get(call);
    if (!handler) throw new Error(`There is no call "${call}".`);
    return { ok: true, value: await handler(input) };
  };
  browser.runtime.onMessage.addListener((message, sender, respond) => {
    if (message?.to !== as || !isOwnPage(sender)) return undefined;
    answer(message).then(respond, (error: unknown) =>
      respond({ ok: false, message: String(error) } satisfies Envelope),
    );
    return true;
  });
}

export function caller<T extends Calls<T>>(to: Recipient): Caller<T> {
  return async (call, input) => {
    const answer = await browser.runtime.sendMessage({ to, call, input });
    if (answer?.ok !== true) throw new Error(answer?.message ?? `Nobody answered "${call}".`);
    return answer.value;
  };
}

/** The tab of a script that runs in a web page. */
export interface PageTab {
  id: number;
  windowId: number;
  title: string;
  /** In a private window. */
  private: boolean;
}

/** Receives what functions injected into web pages send: foreign values, to be checked. */
export function onPageMessage(
  listener: (message: unknown, tab: PageTab | undefined) => void,
): void {
  browser.runtime.onMessage.addListener((message, sender) => {
    if (sender.id !== browser.runtime.id || isOwnPage(sender)) return;
    const { id, windowId = -1, title = '', incognito = false } = sender.tab ?? {};
    listener(message, id === undefined ? undefined : { id, windowId, title, private: incognito });
  });
}

/** A service worker's messages may come without a URL; a web page's never do. */
function isOwnPage({ id, url, tab }: { id?: string; url?: string; tab?: unknown }): boolean {
  if (id !== browser.runtime.id) return false;
  return url === undefined ? tab === undefined : url.startsWith(`${location.origin}/`);
}
