/** What was taken back can be taken up again for this long, milliseconds. */
const UNDO_TIME = 6000;

/** Waits with something that cannot be undone, and longer while somebody is about to undo it. */
export class UndoWindow {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #forget: () => void;

  /**
   * @param element what shows the way back: nothing happens while it is pointed at or has the focus
   * @param undoable makes it the latest that Ctrl+Z takes up again
   */
  constructor(
    private readonly element: HTMLElement,
    private readonly undo: () => void,
    private readonly over: () => void,
    undoable: (undo: () => void) => () => void,
  ) {
    this.#forget = undoable(() => this.takeUp());
    this.#wait();
  }

  takeUp(): void {
    this.#end();
    this.undo();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      const { element } = this;
      if (element.matches(':hover') || element.matches(':focus-within:not(:focus)')) {
        this.#wait();
        return;
      }
      this.#end();
      this.over();
    }, UNDO_TIME);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#forget();
  }
}
