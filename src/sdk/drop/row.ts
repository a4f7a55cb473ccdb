import { copyText } from '../../common/clipboard.ts';
import { shownName } from '../../common/names.ts';
import type { DropContext } from './context.ts';
import { button, h, icon } from './dom.ts';
import { FileRow, percent } from './file-row.ts';
import { drawQr } from './qr.ts';
import type { Sharing, SharingState } from './sharing.ts';
import { Title } from './title.ts';
import { UndoWindow } from './undo.ts';

/** The button says that it worked for this long, milliseconds. */
const CONFIRMATION = 2000;

/** What is seen of one share. */
export class Row {
  readonly element: HTMLLIElement;
  readonly #bar: HTMLProgressElement;
  readonly #state = h('p', { class: 'share-state', part: 'state' });
  readonly #cancel: HTMLButtonElement;
  readonly #retry: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;
  readonly #remedies: HTMLElement;
  readonly #files: FileRow[] = [];
  #shown: SharingState['type'] | undefined;
  #window: UndoWindow | undefined;

  constructor(
    private readonly context: DropContext,
    private readonly sharing: Sharing,
    private readonly onGone: () => void,
  ) {
    const { texts } = context;
    const title = new Title(context, sharing.title, (next) => sharing.rename(next));
    this.#bar = h('progress', { class: 'bar', part: 'bar', 'aria-label': this.#name });
    this.#cancel = button(texts.cancel, 'plain cancel', () => this.#takeBack());
    this.#retry = button(texts.tryAgain, 'button', () => this.#goOn(() => sharing.retry()));
    this.#undo = button(texts.undo, 'button', () => this.#window?.takeUp());
    this.#remedies = h('div', { class: 'actions' }, this.#retry, this.#undo);
    const head = h('div', { class: 'share-head' }, title.element, this.#cancel);
    this.element = h(
      'li',
      { class: 'share', part: 'share', tabindex: '-1' },
      head,
      this.#bar,
      this.#state,
      this.#remedies,
    );
  }

  get #name(): string {
    return shownName(this.sharing.title);
  }

  draw(timeLeft?: number): void {
    const { state, link } = this.sharing;
    if (link && this.#files.length === 0) this.#showLink(link);
    this.#drawState(timeLeft);
    for (const file of this.#files) file.draw();
    if (state.type !== this.#shown) this.#enter(state);
  }

  /** Makes room for newer shares. */
  fold(): void {
    for (const details of this.element.querySelectorAll('details')) details.open = false;
  }

  #drawState(timeLeft: number | undefined): void {
    const { state, sent, bytes } = this.sharing;
    const sentence = this.#sentence(timeLeft);
    if (this.#state.textContent !== sentence) this.#state.textContent = sentence;
    this.#bar.hidden = state.type === 'done' || state.type === 'cancelled';
    this.#bar.max = Math.max(1, bytes);
    this.#bar.value = bytes === 0 ? Number(state.type === 'done') : Math.min(sent, bytes);
    this.#bar.setAttribute('aria-label', this.#name);
    this.#bar.setAttribute('aria-valuetext', sentence);
    this.#cancel.setAttribute('aria-label', this.context.texts.cancelTitle(this.#name));
  }

  #sentence(timeLeft: number | undefined): string {
    const { texts } = this.context;
    const { state, items, bytes } = this.sharing;
    if (state.type === 'announcing') return texts.makingLink;
    if (state.type === 'cancelled') return texts.cancelled;
    if (state.type === 'done') return texts.done(items.length, bytes);
    return state.type === 'failed' ? state.sentence : this.#progress(timeLeft);
  }

  #progress(timeLeft: number | undefined): string {
    const { texts } = this.context;
    const { items, sent, bytes } = this.sharing;
    if (sent >= bytes) return texts.finishing;
    const done = items.filter(({ state }) => state.type === 'sent').length;
    return texts.sending(percent(sent / bytes), [
      ...(items.length > 1 ? [texts.filesDone(done, items.length)] : []),
      ...(timeLeft === undefined ? [] : [texts.timeLeft(timeLeft)]),
    ]);
  }

  #enter(state: SharingState): void {
    const { element, sharing } = this;
    const { texts, announce, alarm, emit } = this.context;
    this.#shown = state.type;
    element.dataset['state'] = state.type;
    this.#cancel.hidden = state.type === 'done' || state.type === 'cancelled';
    this.#retry.hidden = state.type !== 'failed';
    this.#undo.hidden = state.type !== 'cancelled';
    this.#remedies.hidden = this.#retry.hidden && this.#undo.hidden;
    const { link = '', title, names: files, bytes } = sharing;
    if (state.type === 'done') {
      announce(texts.titleShared(this.#name));
      emit('gett-done', { link, title, files, bytes });
    }
    if (state.type === 'cancelled') announce(texts.cancelled);
    if (state.type !== 'failed') return;
    alarm(state.sentence);
    emit('gett-error', { ...(link && { link }), message: state.sentence, error: state.error });
  }

  #showLink(link: string): void {
    const { context, sharing } = this;
    const { texts } = context;
    const anchor = h(
      'a',
      { href: link, target: '_blank', rel: 'noopener', part: 'link' },
      link.replace(/^https?:\/\//, ''),
    );
    const label = h('span', {}, texts.copyLink);
    const copy = button(label, 'button main', () => void this.#copy(link, copy, label), {
      'aria-label': texts.copyLinkTo(this.#name),
    });
    copy.prepend(icon('link'));
    const line = h('div', { class: 'share-link', part: 'link-line' }, anchor, copy);
    this.#files.push(...sharing.all.map((item) => new FileRow(context, sharing, item)));
    const list = h('ul', {}, ...this.#files.map(({ element }) => element));
    const more = h(
      'div',
      { class: 'share-more' },
      h(
        'details',
        { class: 'qr', open: true },
        h('summary', {}, texts.qrCode),
        drawQr(link, texts.qrCodeOf(link)),
      ),
      h(
        'details',
        { class: 'file-list' },
        h('summary', {}, texts.fileCount(sharing.all.length)),
        list,
      ),
    );
    this.#bar.before(line);
    this.element.append(more);
    context.announce(texts.linkReady(this.#name));
    context.emit('gett-link', { link, title: sharing.title, files: sharing.names });
  }

  async #copy(link: string, copy: HTMLElement, label: HTMLElement): Promise<void> {
    const { texts, announce, root } = this.context;
    const copied = await copyText(link, root);
    announce(copied ? texts.copied : texts.copyFailed);
    if (!copied || copy.classList.contains('copied')) return;
    label.textContent = texts.copied;
    copy.classList.add('copied');
    setTimeout(() => {
      label.textContent = texts.copyLink;
      copy.classList.remove('copied');
    }, CONFIRMATION);
  }

  #takeBack(): void {
    const { context, sharing } = this;
    sharing.cancel();
    this.draw();
    this.#undo.focus();
    this.#window = new UndoWindow(
      this.element,
      () => this.#goOn(() => sharing.undo()),
      () => {
        void sharing.discard();
        const { link } = sharing;
        context.emit('gett-cancel', { ...(link && { link }) });
        this.onGone();
      },
      (undo) => context.undoable(undo),
    );
  }

  #goOn(act: () => void): void {
    act();
    this.draw();
    this.#cancel.focus();
  }
}
