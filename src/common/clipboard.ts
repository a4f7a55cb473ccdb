/**
 * Puts text on the clipboard; to be called within a click. `false` when it cannot be.
 * @param root where a field may be put for a moment
 */
export async function copyText(text: string, root: Node = document.body): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text, root);
  }
}

/** The Clipboard API exists on https and localhost only; a server in a home has neither. */
function copyBySelecting(text: string, root: Node): boolean {
  const active = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  root.appendChild(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (active instanceof HTMLElement) active.focus();
  return copied;
}
