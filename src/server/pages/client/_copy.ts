import { copyText } from '../../../common/clipboard.ts';
import { texts } from '../texts.ts';
import { announce } from './_announce.ts';

/** The button says that it worked for this long, milliseconds. */
const CONFIRMATION = 2000;

/** Shows the copy buttons of the page, which can do nothing without this. */
export function offerCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy][hidden]')) {
    button.hidden = false;
    button.addEventListener('click', () => void copyFrom(button));
  }
}

async function copyFrom(button: HTMLButtonElement): Promise<void> {
  const copied = await copyText(button.dataset.copy ?? '');
  announce(copied ? texts.copied : texts.copyFailed);
  const label = button.querySelector('span');
  if (!label || button.classList.contains('copied')) return;
  const before = label.textContent;
  label.textContent = copied ? texts.copiedShort : texts.copyFailed;
  button.classList.add('copied');
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove('copied');
  }, CONFIRMATION);
}
