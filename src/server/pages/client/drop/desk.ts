import { UploadQueue, type User } from '/sdk/gett-sdk.js';
import { texts } from '../../texts.ts';
import { announce } from '../_announce.ts';
import { type Account, endsSignIn } from './account.ts';
import { byId, part } from './dom.ts';
import { isConnectionProblem } from './problems.ts';
import { Row } from './row.ts';
import { Sharing } from './sharing.ts';
import type { Taken } from './taking.ts';

/** The time left is known well enough after so long, milliseconds. */
const MEASURING = 3000;

/** The shares of one visit, newest first, and what they are drawn into. */
export class Desk {
  readonly element: HTMLElement = byId('desk', HTMLElement);
  readonly #total = part(this.element, 'total', HTMLElement);
  readonly #list = byId('shares', HTMLElement);
  readonly #account: Account;
  readonly #queue: UploadQueue;
  readonly #rows = new Map<Sharing, Row>();
  readonly #changed = new Set<Sharing>();
  readonly #onSignInEnded: () => void;
  #busySince: number | undefined;

  constructor(account: Account, onSignInEnded: () => void) {
    this.#account = account;
    this.#onSignInEnded = onSignInEnded;
    this.#queue = new UploadQueue(account.gett);
    this.#queue.on('change', ({ item }) => {
      for (const sharing of this.#rows.keys()) if (sharing.items.includes(item)) sharing.update();
    });
    addEventListener('online', () => this.#retry(isConnectionProblem));
    addEventListener('beforeunload', (event) => {
      if (this.#isBusy) event.preventDefault();
    });
  }

  enter({ email }: User): void {
    part(this.element, 'email', HTMLElement).textContent = email;
    this.element.hidden = false;
    announce(texts.signedIn);
    this.#retry(endsSignIn);
  }

  share(taken: Taken): void {
    const sharing = new Sharing(this.#account.gett, this.#queue, taken, () => this.#draw(sharing));
    const row = new Row(sharing, () => this.#remove(sharing));
    for (const { element } of this.#rows.values()) {
      element.querySelector('details[open]')?.removeAttribute('open');
    }
    this.#rows.set(sharing, row);
    this.#list.prepend(row.element);
    void sharing.start();
  }

  get #isBusy(): boolean {
    return [...this.#rows.keys()].some(({ isBusy }) => isBusy);
  }

  #retry(helpsWith: (error: unknown) => boolean): void {
    for (const sharing of this.#rows.keys()) {
      const { state } = sharing;
      if (state.type === 'failed' && helpsWith(state.error)) sharing.retry();
    }
  }

  /** As often as the screen is drawn, however many files move. */
  #draw(sharing: Sharing): void {
    if (sharing.state.type === 'failed' && endsSignIn(sharing.state.error)) this.#onSignInEnded();
    if (this.#changed.size === 0) setTimeout(() => this.#drawChanged(), 50);
    this.#changed.add(sharing);
  }

  #drawChanged(): void {
    if (!this.#isBusy) this.#busySince = undefined;
    else this.#busySince ??= Date.now();
    const { files, done, speed, timeLeft } = this.#queue.progress;
    const isMeasured = Date.now() - (this.#busySince ?? Date.now()) > MEASURING;
    for (const sharing of this.#changed) {
      this.#rows.get(sharing)?.draw(isMeasured && this.#rows.size === 1 ? timeLeft : undefined);
    }
    this.#changed.clear();
    this.#total.hidden = !this.#isBusy || this.#rows.size < 2;
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
    const hadFocus = element.contains(document.activeElement);
    const next = element.nextElementSibling ?? element.previousElementSibling;
    element.remove();
    if (!hadFocus) return;
    if (next instanceof HTMLElement) next.focus();
    else part(this.element, 'choose-files', HTMLButtonElement).focus();
  }
}
