type Attributes = Readonly<Record<string, string | boolean>>;

/** An element with attributes and children; `true` is an attribute without a value. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(path: string, attributes: Attributes): SVGSVGElement {
  const element = document.createElementNS(SVG, 'svg');
  setAttributes(element, attributes);
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  element.append(line);
  return element;
}

/** A button; the first part names it for style sheets of the page around. */
export function button(
  label: Node | string,
  part: string,
  onClick: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const element = h('button', { type: 'button', class: part, part, ...attributes }, label);
  element.addEventListener('click', onClick);
  return element;
}

const PATHS = {
  send: 'M12 15.5V4M7.5 8.5L12 4l4.5 4.5M4.5 14.5v5h15v-5',
  link: 'M10.5 13.5l3-3M9 11.5l-2.7 2.7a2.8 2.8 0 0 0 4 4L13 15.5M15 12.5l2.7-2.7a2.8 2.8 0 0 0-4-4L11 8.5',
  pencil: 'M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
} as const;

/** Line icons on a grid of 24. They are decoration: words carry the meaning. */
export const icon = (name: keyof typeof PATHS): SVGSVGElement =>
  svg(PATHS[name], { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' });

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
}
