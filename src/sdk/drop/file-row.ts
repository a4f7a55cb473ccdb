import { shownName } from '../../common/names.ts';
import type { QueueItem } from '../queue/item.ts';
import type { DropContext } from './context.ts';
import { button, h, icon } from './dom.ts';
import type { Sharing } from './sharing.ts';
import type { DropTexts } from './texts.ts';
import { UndoWindow } from './undo.ts';

/** One file of a share, which can be left out as long as it has not been sent. */
export class FileRow {
  readonly element: HTMLLIElement = h('li', { part: 'file' });
  readonly #state = h('span', { class: 'file-state', part: 'file-state' });
  readonly #cancel: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;
  readonly #name: string;
  #window: UndoWindow | undefined;

  constructor(
    private readonly context: DropContext,
    private readonly sharing: Sharing,
    readonly item: QueueItem,
  ) {
    const { texts } = context;
    this.#name = shownName(item.file.filename);
    const name = h('bdi', { class: 'file-name', part: 'file-name' }, this.#name);
    this.#cancel = button(icon('close'), 'icon-button', () => this.#leaveOut(), {
      'aria-label': texts.cancelFile(this.#name),
    });
    this.#undo = button(texts.undo, 'plain', () => this.#window?.takeUp(), {
      'aria-label': texts.undoFile(this.#name),
    });
    this.element.append(name, this.#state, this.#cancel, this.#undo);
    this.draw();
  }

  draw(): void {
    const { texts } = this.context;
    const { sharing, item } = this;
    const leftOut = sharing.isLeftOut(item);
    const text = leftOut ? texts.fileCancelled(this.#name) : stateOf(item, texts);
    if (this.#state.textContent !== text) this.#state.textContent = text;
    this.element.classList.toggle('left-out', leftOut);
    this.#cancel.hidden =
      leftOut || item.state.type === 'sent' || sharing.items.length < 2 || !mayChange(sharing);
    this.#undo.hidden = !leftOut;
  }

  #leaveOut(): void {
    const { context, sharing, item } = this;
    sharing.leaveOut(item);
    this.draw();
    this.#undo.focus();
    context.announce(context.texts.fileCancelled(this.#name));
    this.#window = new UndoWindow(
      this.element,
      () => {
        sharing.takeUp(item);
        this.draw();
        this.#cancel.focus();
      },
      () => {
        void sharing.drop(item);
        this.element.remove();
      },
      (undo) => context.undoable(undo),
    );
  }
}

const mayChange = ({ state }: Sharing): boolean =>
  state.type === 'sending' || state.type === 'failed';

function stateOf({ state, sent, size = 0 }: QueueItem, texts: DropTexts): string {
  const { type } = state;
  if (type === 'sent') return texts.fileSent;
  if (type === 'failed' || type === 'skipped') return texts.fileFailed;
  if (type !== 'sending') return texts.fileWaiting;
  return sent >= size ? texts.finishing : percent(sent / size);
}

export const percent = (fraction: number): string =>
  new Intl.NumberFormat('en', { style: 'percent' }).format(Math.floor(fraction * 100) / 100);
