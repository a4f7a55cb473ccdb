import type { QueueItem } from '/sdk/gett-sdk.js';
import { shownName } from '../../names.ts';
import { texts } from '../../texts.ts';
import { alarm, announce } from '../_announce.ts';
import { offerCopying } from '../_copy.ts';
import { button, copyOf, part } from './dom.ts';
import { drawQr } from './qr.ts';
import type { Sharing, SharingState } from './sharing.ts';

/** A cancelled share can be taken up again for this long, milliseconds. */
const UNDO_TIME = 6000;

/** What is seen of one share. */
export class Row {
  readonly element: HTMLElement = copyOf('share-row');
  readonly #sharing: Sharing;
  readonly #onGone: () => void;
  readonly #bar: HTMLProgressElement;
  readonly #cancel: HTMLButtonElement;
  readonly #retry: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;
  readonly #fileStates: HTMLElement[] = [];
  #shown: SharingState['type'] | undefined;
  #gone: ReturnType<typeof setTimeout> | undefined;

  constructor(sharing: Sharing, onGone: () => void) {
    this.#sharing = sharing;
    this.#onGone = onGone;
    const { element } = this;
    const title = shownName(sharing.title);
    part(element, 'title', HTMLElement).textContent = title;
    this.#bar = part(element, 'bar', HTMLProgressElement);
    this.#bar.setAttribute('aria-label', title);
    this.#bar.max = Math.max(1, sharing.bytes);
    this.#cancel = button(element, 'cancel', () => this.#takeBack());
    this.#cancel.setAttribute('aria-label', texts.cancelTitle(title));
    this.#retry = button(element, 'retry', () => this.#goOn(() => sharing.retry()));
    this.#undo = button(element, 'undo', () => this.#goOn(() => sharing.undo()));
  }

  draw(timeLeft?: number): void {
    const { state, link } = this.#sharing;
    if (link && this.#fileStates.length === 0) this.#showLink(link);
    this.#drawState(timeLeft);
    for (const [i, item] of this.#sharing.items.entries()) {
      const shown = this.#fileStates[i];
      const text = stateOf(item);
      if (shown && shown.textContent !== text) shown.textContent = text;
    }
    if (state.type !== this.#shown) this.#enter(state);
  }

  #drawState(timeLeft: number | undefined): void {
    const { state, sent, bytes } = this.#sharing;
    const sentence = this.#sentence(timeLeft);
    const line = part(this.element, 'state', HTMLElement);
    if (line.textContent !== sentence) line.textContent = sentence;
    this.#bar.hidden = state.type === 'done' || state.type === 'cancelled';
    this.#bar.value = bytes === 0 ? Number(state.type === 'done') : Math.min(sent, bytes);
    this.#bar.setAttribute('aria-valuetext', sentence);
  }

  #sentence(timeLeft: number | undefined): string {
    const { state, items, bytes } = this.#sharing;
    if (state.type === 'announcing') return texts.makingLink;
    if (state.type === 'cancelled') return texts.cancelled;
    if (state.type === 'done') return texts.shared(items.length, bytes);
    return state.type === 'failed' ? state.sentence : this.#progress(timeLeft);
  }

  #progress(timeLeft: number | undefined): string {
    const { items, sent, bytes } = this.#sharing;
    if (sent >= bytes) return texts.finishing;
    const done = items.filter(({ state }) => state.type === 'sent').length;
    return texts.sending(percent(sent / bytes), [
      ...(items.length > 1 ? [texts.filesDone(done, items.length)] : []),
      ...(timeLeft === undefined ? [] : [texts.timeLeft(timeLeft)]),
    ]);
  }

  #enter(state: SharingState): void {
    this.#shown = state.type;
    const { element } = this;
    element.dataset.state = state.type;
    const title = shownName(this.#sharing.title);
    this.#cancel.hidden = state.type === 'done' || state.type === 'cancelled';
    this.#retry.hidden = state.type !== 'failed';
    this.#undo.hidden = state.type !== 'cancelled';
    part(element, 'remedies', HTMLElement).hidden = this.#retry.hidden && this.#undo.hidden;
    if (state.type === 'done') announce(texts.titleShared(title));
    if (state.type === 'cancelled') announce(texts.cancelled);
    if (state.type === 'failed') alarm(state.sentence);
  }

  #showLink(link: string): void {
    const { element } = this;
    const title = shownName(this.#sharing.title);
    const line = part(element, 'link-line', HTMLElement);
    const anchor = part(element, 'link', HTMLAnchorElement);
    anchor.href = link;
    anchor.textContent = link.replace(/^https?:\/\//, '');
    const copy = line.querySelector('button');
    copy?.setAttribute('data-copy', link);
    copy?.setAttribute('aria-label', texts.copyLinkTo(title));
    line.hidden = false;
    const { items } = this.#sharing;
    part(element, 'qr', HTMLElement).append(drawQr(link));
    part(element, 'count', HTMLElement).textContent = texts.fileCount(items.length);
    part(element, 'files', HTMLElement).append(...items.map((item) => this.#fileRow(item)));
    part(element, 'more', HTMLElement).hidden = false;
    offerCopying();
    announce(texts.linkReady(title));
  }

  #fileRow({ file }: QueueItem): HTMLElement {
    const row = copyOf('file-row');
    part(row, 'name', HTMLElement).textContent = shownName(file.filename);
    this.#fileStates.push(part(row, 'file-state', HTMLElement));
    return row;
  }

  #takeBack(): void {
    this.#sharing.cancel();
    this.draw();
    this.#undo.focus();
    this.#gone = setTimeout(() => this.#leave(), UNDO_TIME);
  }

  /** Waits while somebody may be about to press Undo. */
  #leave(): void {
    if (this.element.matches(':hover') || this.element.matches(':focus-within:not(:focus)')) {
      this.#gone = setTimeout(() => this.#leave(), UNDO_TIME);
      return;
    }
    void this.#sharing.discard();
    this.#onGone();
  }

  #goOn(act: () => void): void {
    clearTimeout(this.#gone);
    act();
    this.draw();
    this.#cancel.focus();
  }
}

function stateOf({ state, sent, size = 0 }: QueueItem): string {
  const { type } = state;
  if (type === 'sent') return texts.fileSent;
  if (type === 'failed' || type === 'skipped') return texts.fileFailed;
  if (type !== 'sending') return texts.fileWaiting;
  return sent >= size ? texts.finishing : percent(sent / size);
}

const percent = (fraction: number): string =>
  new Intl.NumberFormat('en', { style: 'percent' }).format(Math.floor(fraction * 100) / 100);
