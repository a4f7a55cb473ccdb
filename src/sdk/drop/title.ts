import { shownName } from '../../common/names.ts';
import type { DropContext } from './context.ts';
import { button, h, icon } from './dom.ts';

/** The title of a share, which becomes a field in place. Enter saves, Escape restores. */
export class Title {
  readonly element: HTMLElement;
  readonly #text: HTMLElement = h('bdi', { part: 'title' });
  readonly #edit: HTMLButtonElement;
  readonly #context: DropContext;
  readonly #save: (title: string) => Promise<void>;
  #title = '';

  /** @param save rejects when the title cannot be changed */
  constructor(context: DropContext, title: string, save: (title: string) => Promise<void>) {
    this.#context = context;
    this.#save = save;
    this.#edit = button(icon('pencil'), 'icon-button rename', () => this.#open());
    this.element = h('div', { class: 'title' }, this.#text, this.#edit);
    this.#show(title);
  }

  #show(title: string): void {
    this.#title = title;
    this.#text.textContent = shownName(title);
    this.#edit.setAttribute('aria-label', this.#context.texts.rename(shownName(title)));
  }

  #open(): void {
    const label = this.#context.texts.title;
    const field = h('input', { part: 'title-field', 'aria-label': label, maxlength: '255' });
    field.value = this.#title;
    let over = false;
    const close = (save: boolean) => {
      if (over) return;
      over = true;
      const hadFocus = this.#context.root.activeElement === field;
      this.element.replaceChildren(this.#text, this.#edit);
      if (hadFocus) this.#edit.focus();
      const title = field.value.trim();
      if (save && title !== '' && title !== this.#title) void this.#change(title);
    };
    field.addEventListener('keydown', (event) => {
      // The page around must not take these for its own.
      if (event.key !== 'Tab') event.stopPropagation();
      if (event.key === 'Enter' && !event.isComposing) {
        // The button that gets the focus would be pressed by the same key.
        event.preventDefault();
        close(true);
      }
      if (event.key === 'Escape') close(false);
    });
    field.addEventListener('blur', () => close(true));
    this.element.replaceChildren(field);
    field.focus();
    field.select();
  }

  async #change(title: string): Promise<void> {
    const { announce, alarm, texts } = this.#context;
    const before = this.#title;
    this.#show(title);
    try {
      await this.#save(title);
      announce(texts.renamed(shownName(title)));
    } catch {
      this.#show(before);
      alarm(texts.notRenamed(shownName(before)));
    }
  }
}
