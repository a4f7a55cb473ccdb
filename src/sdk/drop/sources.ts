import type { DropContext } from './context.ts';
import { h } from './dom.ts';
import { countDragged, type Taken, takeTransfer } from './taking.ts';

export interface SourcesOptions {
  /** Takes what is dropped: the component, or the whole window. */
  target: EventTarget;
  /** Whether this component is the one that takes what is pasted. */
  takesPaste: () => boolean;
  onTaken: (taken: Taken) => void;
  signal: AbortSignal;
}

/** Takes what is dropped and pasted; shows a frame while something is dragged over. */
export function takeFrom(context: DropContext, options: SourcesOptions): HTMLElement {
  const { target, takesPaste, onTaken, signal } = options;
  const words = h('p');
  const whole = target === window ? ' whole' : '';
  const frame = h(
    'div',
    { class: `drag${whole}`, part: 'drag', hidden: true, 'aria-hidden': 'true' },
    words,
  );
  const show = (count: number) => {
    frame.hidden = count === 0;
    if (count > 0) words.textContent = context.texts.dropToShare(count);
  };
  const take = async (event: Event, data: DataTransfer | null) => {
    if (event.defaultPrevented || !data?.types.includes('Files')) return;
    event.preventDefault();
    onTaken(await takeTransfer(data));
  };
  const onDrag = (type: string, act: (event: DragEvent) => void) =>
    target.addEventListener(type, (event) => event instanceof DragEvent && act(event), { signal });

  document.addEventListener(
    'paste',
    (event) => {
      if (takesPaste()) void take(event, event.clipboardData);
    },
    { signal },
  );
  onDrag('drop', (event) => {
    show(0);
    void take(event, event.dataTransfer);
  });
  // The browser opens what is dropped right after an element was entered whose event it was left.
  for (const type of ['dragenter', 'dragover']) {
    onDrag(type, (event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      show(Math.max(1, countDragged(event)));
    });
  }
  onDrag('dragleave', ({ relatedTarget }) => {
    // Moving between elements fires it too, then with the element that is entered.
    const inside = relatedTarget instanceof Node && context.root.host.contains(relatedTarget);
    if (relatedTarget === null || (target !== window && !inside)) show(0);
  });
  return frame;
}
