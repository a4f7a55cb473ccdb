import { inTurn } from '../../common/in-turn.ts';
import { Board } from './board.ts';
import { choose, type Wanted } from './choosing.ts';
import type { DropContext } from './context.ts';
import { h } from './dom.ts';
import type { DropEvents } from './events.ts';
import { Panel } from './panel.ts';
import {
  anonymousLimits,
  anonymousSharer,
  type Sharer,
  type SharingClient,
  sharerOf,
  tokenSharer,
} from './sharers.ts';
import { takeFrom } from './sources.ts';
import { styles } from './styles.ts';
import type { Taken } from './taking.ts';
import { type DropTexts, englishTexts } from './texts.ts';

/** Without a document the module can be imported all the same, as a server that renders does. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? Object;

/**
 * `<gett-drop>`: a place where people drop, paste or choose files and have their link at once.
 *
 * Attributes: `server` (by default where the script is from), `token` (an access or refresh token),
 * `apikey`, `account="required"` (nothing without a sign-in), `multiple`, `accept`, `max-size` (bytes
 * of a file), `share-title`, `whole-page` (takes what is dropped anywhere in the window), `theme`
 * (`light` or `dark`). Without a token people share without an account, where the server allows it.
 *
 * @example
 * document.querySelector('gett-drop')?.addEventListener('gett-link', ({ detail }) => {
 *   console.log(detail.link);
 * });
 */
export class GettDropElement extends Base {
  readonly #root: ShadowRoot = this.attachShadow({ mode: 'open' });
  readonly #undoable: (() => void)[] = [];
  #texts: DropTexts = englishTexts;
  #sharer: Sharer | undefined;
  #held: Taken[] = [];
  #parts: { context: DropContext; panel: Panel; board: Board } | undefined;
  #left = new AbortController();
  readonly #problem = h('p', { class: 'problem', part: 'problem', hidden: true });

  /** Sentences other than the English ones; to be set before the element is shown. */
  set texts(texts: Partial<DropTexts>) {
    this.#texts = { ...englishTexts, ...texts };
  }

  /** In whose name files are shared from now on; what has waited for a sign-in goes on. */
  set client(client: SharingClient) {
    this.#sharer = sharerOf(client);
    this.#parts?.board.retrySignIns();
    for (const taken of this.#held.splice(0)) this.#share(taken);
  }

  /** Shares are being sent: whoever leaves the page now breaks them off. */
  get busy(): boolean {
    return this.#parts?.board.isBusy ?? false;
  }

  override focus(): void {
    this.#parts?.panel.focus();
  }

  /** Shares these files as if they had been dropped. */
  share(files: Iterable<File>): void {
    const all = [...files].map((content) => ({ name: content.name, content }));
    this.#take({ title: all.length > 1 ? all[0]?.name : undefined, files: all });
  }

  /** Called by the browser when the element comes into a page: it is drawn. */
  connectedCallback(): void {
    this.#left = new AbortController();
    if (!this.#parts) this.#build();
    this.#listen(this.#left.signal);
  }

  /** Called by the browser when the element leaves its page. */
  disconnectedCallback(): void {
    this.#left.abort();
  }

  #build(): void {
    const status = h('div', { class: 'hidden', role: 'status' });
    const alert = h('div', { class: 'hidden', role: 'alert' });
    const context: DropContext = {
      root: this.#root,
      texts: this.#texts,
      announce: inTurn((sentence) => (status.textContent = sentence)),
      alarm: (sentence) => (alert.textContent = sentence),
      emit: (type, detail) => this.#emit(type, detail),
      undoable: (undo) => {
        this.#undoable.push(undo);
        return () => this.#undoable.splice(this.#undoable.indexOf(undo), 1);
      },
    };
    const panel = new Panel(context, this.#wanted(), (taken) => this.#share(taken));
    const board = new Board(context, this.#baseUrl(), {
      signInEnded: () => this.#emit('gett-sign-in', { files: 0, ended: true }),
      empty: () => panel.focus(),
    });
    this.#parts = { context, panel, board };
    this.#root.adoptedStyleSheets = [styles()];
    this.#root.append(panel.element, this.#problem, board.element, status, alert);
    void this.#prepare(panel);
  }

  #listen(signal: AbortSignal): void {
    if (!this.#parts) return;
    const { context, board } = this.#parts;
    const whole = this.hasAttribute('whole-page');
    const target = whole ? window : this;
    const frame = takeFrom(context, {
      target,
      takesPaste: () => whole || takesPaste(this),
      onTaken: (taken) => this.#take(taken),
      signal,
    });
    this.#root.querySelector('.drag')?.remove();
    this.#root.append(frame);
    addEventListener('online', () => board.retryConnections(), { signal });
    addEventListener(
      'beforeunload',
      (event) => {
        if (this.busy) event.preventDefault();
      },
      { signal },
    );
    const onKey = (event: Event) => {
      if (event instanceof KeyboardEvent) this.#onKey(event);
    };
    target.addEventListener('keydown', onKey, { signal });
  }

  #onKey(event: KeyboardEvent): void {
    const isUndo =
      (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    const undo = this.#undoable.at(-1);
    // In a field it takes back what was typed.
    const [where] = event.composedPath();
    const typing =
      where instanceof HTMLElement && where.matches('input, textarea, [contenteditable]');
    if (!isUndo || !undo || typing) return;
    event.preventDefault();
    undo();
  }

  /** Finds out in whose name is shared, and says what is to be known of it. */
  async #prepare(panel: Panel): Promise<void> {
    if (this.#sharer || this.getAttribute('account') === 'required') return;
    const baseUrl = this.#baseUrl();
    const token = this.getAttribute('token');
    if (token !== null) {
      this.#sharer = tokenSharer(baseUrl, token, this.getAttribute('apikey') ?? undefined);
      return;
    }
    this.#sharer = anonymousSharer(baseUrl);
    // Not knowing the limits is no reason not to try: the refusal says them too.
    const limits = await anonymousLimits(baseUrl).catch(() => 'unknown' as const);
    if (limits === 'unknown' || !this.#sharer.anonymous) return;
    if (limits) {
      panel.note(this.#texts.limits(limits.maxSize, limits.days));
      return;
    }
    panel.disable();
    panel.note(this.#texts.noAnonymous);
  }

  #baseUrl(): string {
    const server = this.getAttribute('server') ?? new URL(import.meta.url).origin;
    return new URL('/1', server).href;
  }

  #wanted(): Wanted {
    const size = Number(this.getAttribute('max-size') ?? Number.NaN);
    return {
      multiple: this.hasAttribute('multiple'),
      accept: this.getAttribute('accept') ?? '',
      maxSize: Number.isNaN(size) ? Number.POSITIVE_INFINITY : size,
    };
  }

  #take(all: Taken): void {
    const { taken, said } = choose(all, this.#wanted(), this.#texts);
    this.#problem.hidden = said.length === 0;
    this.#problem.textContent = said.join(' ');
    if (said.length > 0) this.#parts?.context.alarm(said.join(' '));
    const [unread] = all.unread ?? [];
    if (unread) this.#emit('gett-error', { message: said.join(' '), error: unread.error });
    if (taken.files.length > 0) this.#parts?.panel.confirm(taken);
  }

  #share(taken: Taken): void {
    const title = this.getAttribute('share-title') ?? taken.title;
    if (this.#sharer) {
      this.#parts?.board.share({ ...taken, title }, this.#sharer);
      return;
    }
    this.#held.push(taken);
    const files = this.#held.reduce((sum, held) => sum + held.files.length, 0);
    this.#emit('gett-sign-in', { files, ended: false });
  }

  #emit<T extends keyof DropEvents>(type: T, detail: DropEvents[T]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Of several on one page the one with the focus takes what is pasted, else the first. */
function takesPaste(element: GettDropElement): boolean {
  const focused = document.activeElement;
  if (focused instanceof GettDropElement) return focused === element;
  return document.querySelector('gett-drop') === element;
}
