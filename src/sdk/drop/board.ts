import { GettClient } from '../gett/client.ts';
import type { QueueItem } from '../queue/item.ts';
import { UploadQueue } from '../queue/queue.ts';
import type { DropContext } from './context.ts';
import { h } from './dom.ts';
import { DropLive } from './live.ts';
import { endsSignIn, isConnectionProblem } from './problems.ts';
import { Row } from './row.ts';
import type { Sharer } from './sharers.ts';
import { Sharing } from './sharing.ts';
import type { Taken } from './taking.ts';

/** The time left is known well enough after so long, milliseconds. */
const MEASURING = 3000;
/** As often as is worth drawing, however many files move; milliseconds. */
const DRAWING = 50;

/** The shares of one visit, newest first, and what they are drawn into. */
export class Board {
  readonly element: HTMLElement;
  readonly #total: HTMLElement = h('p', { class: 'total', part: 'total', hidden: true });
  readonly #list: HTMLElement;
  readonly #queue: UploadQueue;
  readonly #live = new DropLive();
  readonly #rows = new Map<Sharing, Row>();
  readonly #changed = new Set<Sharing>();
  #busySince: number | undefined;

  constructor(
    private readonly context: DropContext,
    baseUrl: string,
    private readonly on: { signInEnded(): void; empty(): void },
  ) {
    this.#list = h('ul', { class: 'shares', part: 'shares', 'aria-label': context.texts.shares });
    this.element = h('div', {}, this.#total, this.#list);
    // Shares bring a client of their own: what restores files is not needed here.
    this.#queue = new UploadQueue(new GettClient({ baseUrl }), { live: this.#live });
    this.#queue.on('change', ({ item }) => this.#sharingOf(item)?.update());
  }

  get isBusy(): boolean {
    return [...this.#rows.keys()].some(({ isBusy }) => isBusy);
  }

  share(taken: Taken, sharer: Sharer): void {
    const { texts } = this.context;
    const sharing: Sharing = new Sharing(taken, {
      sharer,
      queue: this.#queue,
      live: this.#live,
      texts,
      onChange: () => this.#draw(sharing),
    });
    const row = new Row(this.context, sharing, () => this.#remove(sharing));
    for (const older of this.#rows.values()) older.fold();
    this.#rows.set(sharing, row);
    this.#list.prepend(row.element);
    void sharing.start();
  }

  /** After the connection has come back. */
  retryConnections(): void {
    this.#retry(isConnectionProblem);
  }

  /** After somebody has signed in again. */
  retrySignIns(): void {
    this.#retry(endsSignIn);
  }

  #sharingOf(item: QueueItem): Sharing | undefined {
    return [...this.#rows.keys()].find(({ all }) => all.includes(item));
  }

  #retry(helpsWith: (error: unknown) => boolean): void {
    for (const sharing of this.#rows.keys()) {
      const { state } = sharing;
      if (state.type === 'failed' && helpsWith(state.error)) sharing.retry();
    }
  }

  #draw(sharing: Sharing): void {
    if (sharing.state.type === 'failed' && endsSignIn(sharing.state.error)) this.on.signInEnded();
    if (this.#changed.size === 0) setTimeout(() => this.#drawChanged(), DRAWING);
    this.#changed.add(sharing);
  }

  #drawChanged(): void {
    if (this.isBusy) this.#busySince ??= Date.now();
    else {
      this.#busySince = undefined;
      this.#live.leave();
    }
    const { texts, emit } = this.context;
    const { files, done, speed, timeLeft } = this.#queue.progress;
    const isMeasured = Date.now() - (this.#busySince ?? Date.now()) > MEASURING;
    for (const sharing of this.#changed) {
      this.#rows.get(sharing)?.draw(isMeasured && this.#rows.size === 1 ? timeLeft : undefined);
      const { link, sent, bytes: total } = sharing;
      if (link && sharing.isBusy) emit('gett-progress', { link, sent, total });
    }
    this.#changed.clear();
    this.#total.hidden = !this.isBusy || this.#rows.size < 2;
    this.#total.textContent = [
      texts.filesDone(done, files),
      ...(isMeasured ? [texts.perSecond(speed)] : []),
      ...(isMeasured && timeLeft !== undefined ? [texts.timeLeft(timeLeft)] : []),
    ].join(' · ');
  }

  #remove(sharing: Sharing): void {
    const { element } = this.#rows.get(sharing) ?? {};
    this.#rows.delete(sharing);
    if (!element) return;
    const hadFocus = element.contains(this.context.root.activeElement);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    element.remove();
    if (!hadFocus) return;
    if (next instanceof HTMLElement) next.focus();
    else this.on.empty();
  }
}
