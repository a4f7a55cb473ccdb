/**
 * Copies from a document that has no focus. The asynchronous clipboard refuses there in Chromium
 * ("Document is not focused"), `execCommand` does not, given the permission `clipboardWrite`.
 * https://developer.chrome.com/docs/extensions/reference/api/offscreen
 */
export function copyFromHiddenDocument(text: string): void {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (!copied) throw new Error('The browser did not copy the link.');
}

export function copyFromPage(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}
