import { t } from '../platform/i18n.ts';
import { HANDLES, type Rect, type Size } from './selection.ts';
import { STYLE } from './style.ts';

const GAP = 10;
const EDGE = 8;

/** What is seen of the overlay. */
export interface OverlayParts {
  host: HTMLElement;
  veil: HTMLElement;
  frame: HTMLElement;
  share: HTMLButtonElement;
  cancel: HTMLButtonElement;
  show: (rect: Rect | undefined, window: Size) => void;
}

/** Builds the overlay in a closed shadow, so that scripts of the page cannot reach into it. */
export function buildOverlay(): OverlayParts {
  const host = document.createElement('div');
  // Inline and important: no style of the page is stronger.
  for (const [property, value] of Object.entries(HOST_STYLE)) {
    host.style.setProperty(property, value, 'important');
  }
  host.popover = 'manual';
  const shadow = host.attachShadow({ mode: 'closed' });
  const style = make('style');
  style.textContent = STYLE;
  const veil = make('div', 'veil');
  veil.tabIndex = -1;
  veil.setAttribute('role', 'dialog');
  veil.setAttribute('aria-label', t('areaTitle'));
  const hint = make('p', 'hint');
  hint.textContent = t('areaHint');
  hint.setAttribute('role', 'status');
  const frame = make('div', 'frame');
  for (const handle of HANDLES) {
    const knob = make('span', `handle ${handle}`);
    knob.dataset['handle'] = handle;
    frame.append(knob);
  }
  const size = make('output', 'size');
  const bar = make('div', 'bar');
  const share = button(t('areaShare'), 'main');
  const cancel = button(t('areaCancel'));
  bar.append(share, cancel);
  veil.append(hint, frame, size, bar);
  shadow.append(style, veil);

  function show(rect: Rect | undefined, window: Size) {
    veil.classList.toggle('chosen', rect !== undefined);
    hint.hidden = rect !== undefined;
    for (const part of [frame, size, bar]) part.hidden = rect === undefined;
    if (!rect) return;
    const { x, y, width, height } = rect;
    Object.assign(frame.style, px({ left: x, top: y, width, height }));
    size.textContent = t('areaSize', width, height);
    const above = y - size.offsetHeight - GAP;
    Object.assign(
      size.style,
      px({ left: within(x, size.offsetWidth, window.width), top: above >= EDGE ? above : y + GAP }),
    );
    const below = y + height + GAP;
    const fits = below + bar.offsetHeight + EDGE <= window.height;
    Object.assign(
      bar.style,
      px({
        left: within(x + width - bar.offsetWidth, bar.offsetWidth, window.width),
        top: fits ? below : Math.max(EDGE, y + height - bar.offsetHeight - GAP),
      }),
    );
  }
  return { host, veil, frame, share, cancel, show };
}

const HOST_STYLE = {
  all: 'initial',
  'color-scheme': 'light dark',
  display: 'block',
  position: 'fixed',
  inset: '0',
  width: '100%',
  height: '100%',
  'max-width': 'none',
  'max-height': 'none',
  margin: '0',
  padding: '0',
  border: '0',
  background: 'none',
  'z-index': '2147483647',
};

function make<K extends keyof HTMLElementTagNameMap>(name: K, className = '') {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

function button(text: string, className = ''): HTMLButtonElement {
  const element = make('button', className);
  element.type = 'button';
  element.textContent = text;
  return element;
}

const within = (start: number, length: number, room: number) =>
  Math.max(EDGE, Math.min(start, room - length - EDGE));

const px = (lengths: Record<string, number>) =>
  Object.fromEntries(Object.entries(lengths).map(([name, value]) => [name, `${value}px`]));
