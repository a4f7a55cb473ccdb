import type { Wanted } from './choosing.ts';
import { isMuch, sizeOf } from './choosing.ts';
import type { DropContext } from './context.ts';
import { button, h, icon } from './dom.ts';
import { type Taken, takeChosen } from './taking.ts';

/** Where files are chosen, and asked about when they are many. */
export class Panel {
  readonly element: HTMLElement;
  readonly #choose: HTMLButtonElement;
  readonly #chooseFolder: HTMLButtonElement;
  readonly #files = h('input', { type: 'file', hidden: true });
  readonly #note = h('p', { class: 'note', part: 'note', hidden: true });
  readonly #question = h('div', { class: 'question', part: 'question', hidden: true });

  constructor(
    private readonly context: DropContext,
    wanted: Wanted,
    private readonly onTaken: (taken: Taken) => void,
  ) {
    const { texts } = context;
    const { multiple, accept } = wanted;
    const folder = h('input', { type: 'file', webkitdirectory: true, hidden: true });
    this.#files.multiple = multiple;
    this.#files.accept = accept;
    this.#choose = button(multiple ? texts.chooseFiles : texts.chooseFile, 'button main', () =>
      this.#files.click(),
    );
    this.#chooseFolder = button(texts.chooseFolder, 'button', () => folder.click());
    this.#chooseFolder.hidden = !multiple;
    for (const input of [this.#files, folder]) {
      input.addEventListener('change', () => {
        const chosen = takeChosen(input.files ?? []);
        // The same file may be chosen again.
        input.value = '';
        if (chosen.files.length > 0) onTaken(chosen);
      });
    }
    this.element = h(
      'div',
      {},
      h(
        'div',
        { class: 'target', part: 'target' },
        h('div', { class: 'medal', part: 'medal' }, icon('send')),
        h(
          'p',
          { class: 'invitation', part: 'invitation' },
          multiple ? texts.invitation : texts.inviteOne,
        ),
        h('div', { class: 'actions' }, this.#choose, this.#chooseFolder),
        this.#note,
        this.#files,
        folder,
      ),
      this.#question,
    );
  }

  focus(): void {
    this.#choose.focus();
  }

  /** What there is to know before something is shared; `undefined` for nothing. */
  note(sentence: string | undefined): void {
    this.#note.hidden = sentence === undefined;
    this.#note.textContent = sentence ?? '';
  }

  disable(): void {
    this.#choose.disabled = true;
    this.#chooseFolder.disabled = true;
  }

  /** Lets through what is usual; asks about what is much. */
  confirm(taken: Taken): void {
    if (isMuch(taken)) this.#ask(taken);
    else this.onTaken(taken);
  }

  #ask(taken: Taken): void {
    const { texts, announce } = this.context;
    const sentence = texts.shareMany(taken.files.length, sizeOf(taken));
    const close = () => {
      this.#question.hidden = true;
      this.#question.replaceChildren();
      this.focus();
    };
    const share = button(texts.share, 'button main', () => {
      close();
      this.onTaken(taken);
    });
    const leave = button(texts.notNow, 'button', close);
    this.#question.replaceChildren(
      h('p', {}, sentence),
      h('div', { class: 'actions' }, share, leave),
    );
    this.#question.hidden = false;
    announce(sentence);
    share.focus();
  }
}
