import { forgetFrame, type Part, readFrame } from './kept.ts';

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Draws what was shown last, long before the page's own code is there; that takes the elements over
 * as they are. Nothing is read as markup, so that a name stays a text whatever it looks like.
 * @returns what to call once it has been taken over; `undefined` where nothing was kept, or what was
 * kept is no frame.
 */
export function drawFrame(root: Element): (() => void) | undefined {
  const frame = readFrame();
  if (!frame) return undefined;
  try {
    for (const [name, value] of Object.entries(frame.root)) {
      document.documentElement.setAttribute(name, value);
    }
    root.append(...frame.parts.map((part) => build(part, HTML)));
  } catch {
    // Whatever it is, the page's own code must come.
    forgetFrame();
    return undefined;
  }
  return holdClicks(root);
}

function build(part: Part, outer: string): Node {
  if (typeof part === 'string') return document.createTextNode(part);
  const [name, attributes, ...parts] = part;
  const namespace = name === 'svg' ? SVG : outer;
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...parts.map((inner) => build(inner, namespace)));
  return element;
}

/** Whoever is quicker than the page does not press in vain. Links work by themselves. */
function holdClicks(root: Element): () => void {
  let pressed: HTMLElement | null = null;
  const stop = new AbortController();
  root.addEventListener(
    'click',
    (event) => {
      const control =
        event.target instanceof Element
          ? event.target.closest<HTMLElement>('button, summary')
          : null;
      if (!control) return;
      event.preventDefault();
      pressed = control;
    },
    { signal: stop.signal },
  );
  return () => {
    stop.abort();
    if (pressed?.isConnected) pressed.click();
  };
}
