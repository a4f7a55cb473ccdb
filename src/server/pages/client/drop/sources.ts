import { texts } from '../../texts.ts';
import { alarm } from '../_announce.ts';
import { button, byId, part } from './dom.ts';
import { countDragged, type Taken, takeChosen, takeTransfer } from './taking.ts';

/** All ways to hand files to the page: the whole window takes what is dropped or pasted. */
export function takeFrom(desk: HTMLElement, onTaken: (taken: Taken) => void): void {
  const give = (taken: Taken) => {
    if (taken.files.length > 0) onTaken(taken);
    else alarm(texts.nothingToShare);
  };
  for (const [name, opener] of [
    ['files', 'choose-files'],
    ['folder', 'choose-folder'],
  ] as const) {
    const input = part(desk, name, HTMLInputElement);
    button(desk, opener, () => input.click());
    input.addEventListener('change', () => {
      const chosen = takeChosen(input.files ?? []);
      // The same file may be chosen again.
      input.value = '';
      if (chosen.files.length > 0) onTaken(chosen);
    });
  }
  const take = async (event: Event, data: DataTransfer | null) => {
    if (!data?.types.includes('Files')) return;
    event.preventDefault();
    give(await takeTransfer(data));
  };
  addEventListener('paste', (event) => void take(event, event.clipboardData));
  addEventListener('drop', (event) => {
    showDrag(0);
    void take(event, event.dataTransfer);
  });
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    showDrag(Math.max(1, countDragged(event)));
  });
  addEventListener('dragleave', ({ relatedTarget }) => {
    // Moving between elements fires it too, then with the element that is entered.
    if (relatedTarget === null) showDrag(0);
  });
}

function showDrag(count: number): void {
  const frame = byId('drag', HTMLElement);
  frame.hidden = count === 0;
  const words = frame.querySelector('p');
  if (words && count > 0) words.textContent = texts.dropToShare(count);
}
