/** The element with this id. The page and its script come from one build. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  return checked(document.getElementById(id), type, id);
}

/** The element that the page names so with `data-part`. */
export function part<T extends HTMLElement>(root: ParentNode, name: string, type: new () => T): T {
  return checked(root.querySelector(`[data-part="${name}"]`), type, name);
}

export function button(root: ParentNode, name: string, onClick: () => void): HTMLButtonElement {
  const found = part(root, name, HTMLButtonElement);
  found.addEventListener('click', onClick);
  return found;
}

function checked<T extends Element>(found: Element | null, type: new () => T, name: string): T {
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${name}.`);
}
