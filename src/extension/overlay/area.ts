import { buildOverlay } from './parts.ts';
import {
  between,
  HANDLES,
  type Handle,
  middle,
  moved,
  type Rect,
  resized,
  type Size,
  stepOf,
} from './selection.ts';

/** A part of the window that somebody has chosen, and the size of the window at that moment. */
export interface ChosenArea {
  rect: Rect;
  window: Size;
}

/** Too small to be meant. */
const LEAST = 3;

/**
 * Lets somebody choose a part of the window. Resolves when the overlay is gone from the screen;
 * with `undefined` when it was cancelled. Takes only what a person does, no events that a script of
 * the page has made.
 */
export function chooseArea(): Promise<ChosenArea | undefined> {
  const parts = buildOverlay();
  const { host, veil, frame } = parts;
  const before = document.activeElement;
  const stop = new AbortController();
  let rect: Rect | undefined;
  let drag: ((by: { x: number; y: number }) => Rect) | undefined;
  let from = { x: 0, y: 0 };

  const view = (): Size => ({ width: innerWidth, height: innerHeight });
  function show(next: Rect | undefined) {
    rect = next;
    parts.show(rect, view());
  }

  return new Promise((resolve) => {
    async function end(chosen: Rect | undefined) {
      if (stop.signal.aborted) return;
      stop.abort();
      gone.disconnect();
      host.remove();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      // The picture is taken of what is painted, so the overlay has to be off the screen.
      await painted();
      await painted();
      resolve(chosen && { rect: chosen, window: view() });
    }
    const share = () => void (rect && end(rect));
    const cancel = () => void end(undefined);
    // A page that takes the overlay away has cancelled.
    const gone = new MutationObserver(() => !host.isConnected && cancel());

    function begin(event: PointerEvent) {
      if (event.button !== 0) return;
      const target = event.composedPath()[0];
      if (target instanceof Element && target.closest('button')) return;
      event.preventDefault();
      from = { x: event.clientX, y: event.clientY };
      const start = from;
      const old = rect;
      const handle = handleOf(target);
      if (old && handle) drag = (by) => resized(old, handle, by, view());
      else if (old && target === frame) drag = (by) => moved(old, by, view());
      else drag = (by) => between(start, { x: start.x + by.x, y: start.y + by.y }, view());
      veil.setPointerCapture(event.pointerId);
      veil.focus();
    }
    function follow(event: PointerEvent) {
      if (drag) show(drag({ x: event.clientX - from.x, y: event.clientY - from.y }));
    }
    function drop() {
      drag = undefined;
      if (rect && (rect.width < LEAST || rect.height < LEAST)) show(undefined);
    }
    function press(event: KeyboardEvent, inButton: boolean) {
      const step = stepOf(event.key, event.shiftKey);
      if (event.key === 'Escape') cancel();
      else if (event.key === 'Enter' && !inButton && rect) share();
      else if ((step || (event.key === 'Enter' && !inButton)) && !rect) show(middle(view()));
      else if (step && rect && event.ctrlKey) show(resized(rect, 'se', step, view()));
      else if (step && rect) show(moved(rect, step, view()));
      else return;
      event.preventDefault();
    }

    const only = (handle: (event: Event) => void) => (event: Event) => {
      // Neither the page's own listeners hear of it, nor does it come from them.
      event.stopImmediatePropagation();
      if (event.isTrusted) handle(event);
    };
    const { signal } = stop;
    const pointer = (handle: (event: PointerEvent) => void) =>
      only((event) => event instanceof PointerEvent && handle(event));
    veil.addEventListener('pointerdown', pointer(begin), { signal });
    veil.addEventListener('pointermove', pointer(follow), { signal });
    veil.addEventListener('pointerup', pointer(drop), { signal });
    veil.addEventListener('pointercancel', pointer(drop), { signal });
    parts.share.addEventListener('click', only(share), { signal });
    parts.cancel.addEventListener('click', only(cancel), { signal });
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Tab') return;
        event.stopImmediatePropagation();
        if (!event.isTrusted) return;
        const focused = veil.getRootNode();
        const inButton =
          focused instanceof ShadowRoot && focused.activeElement instanceof HTMLButtonElement;
        press(event, inButton);
      },
      { signal, capture: true },
    );
    for (const name of ['keyup', 'keypress', 'contextmenu', 'wheel'] as const) {
      addEventListener(
        name,
        (event) => {
          event.stopImmediatePropagation();
          if (name === 'wheel' || name === 'contextmenu') event.preventDefault();
        },
        { signal, capture: true, passive: false },
      );
    }
    addEventListener('resize', () => show(undefined), { signal });

    document.documentElement.append(host);
    // Above everything, dialogs of the page included.
    host.showPopover();
    gone.observe(document.documentElement, { childList: true });
    show(undefined);
    veil.focus();
  });
}

function handleOf(target: EventTarget | undefined): Handle | undefined {
  const name = target instanceof HTMLElement ? target.dataset['handle'] : undefined;
  return HANDLES.find((handle) => handle === name);
}

const painted = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
