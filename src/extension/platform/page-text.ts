import { browser } from 'wxt/browser';

/**
 * The text that is selected in a frame, with its line breaks, which the menu's own text has lost.
 * `undefined` where the browser allows no script.
 */
export async function selectedText(tabId: number, frameId: number): Promise<string | undefined> {
  try {
    const [answer] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: readSelection,
    });
    return typeof answer?.result === 'string' ? answer.result : undefined;
  } catch {
    return undefined;
  }
}

/** Runs in the page. The selection of a text field is not one of the document. */
function readSelection(): string {
  const field = document.activeElement;
  if (
    field instanceof HTMLTextAreaElement ||
    (field instanceof HTMLInputElement &&
      field.type !== 'password' &&
      field.selectionStart !== null)
  ) {
    const inside = field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
    if (inside) return inside;
  }
  return String(getSelection() ?? '');
}
