import { firstFrame } from '../first-frame.ts';
import { showsSnapshot } from '../snapshot.ts';
import { type Part, writeFrame } from './kept.ts';

/**
 * What somebody has opened or begun here is not what the next opening begins with. Nor are parts
 * whose code comes later: until then, what takes over the page would make others of their elements.
 */
const PASSING =
  'form,.again,.download,[open],[aria-expanded=true],.copied,.rename,.search,.left-out,.drop-veil,[role=alertdialog]';

const ROOT = ['lang', 'dir', 'data-appearance'];

/** Keeps what the page shows for its next first frame, from now on. */
export function keepFrames(root: Element): void {
  let due = false;
  const soon = () => {
    if (due) return;
    due = true;
    void firstFrame().then(() => {
      due = false;
      keep(root);
    });
  };
  new MutationObserver(soon).observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  soon();
}

function keep(root: Element): void {
  // It is drawn of the snapshot, and goes with it.
  if (!showsSnapshot() || root.querySelector(PASSING)) return;
  const { documentElement } = document;
  writeFrame({
    root: Object.fromEntries(ROOT.map((name) => [name, documentElement.getAttribute(name) ?? ''])),
    parts: partsOf(root),
  });
}

function partsOf(element: Element): Part[] {
  return [...element.childNodes].flatMap((node): Part[] => {
    if (node instanceof Text) return [node.data];
    if (!(node instanceof Element) || !isSeen(node)) return [];
    const attributes = Object.fromEntries(
      [...node.attributes].map(({ name, value }) => [name, value]),
    );
    return [[node.localName, attributes, ...partsOf(node)]];
  });
}

/** Rows below the edge only cost time. */
function isSeen(element: Element): boolean {
  return element.getBoundingClientRect().top < innerHeight;
}
