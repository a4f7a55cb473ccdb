import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';

/** Rows up to which all are in the page: then the browser's own search finds them. */
export const MANY = 200;

/** Height of a row before it has been measured, in CSS pixels. */
const USUAL = 58;
/** Rows beyond the edges of the window, so that arrow keys and quick scrolling find one. */
const BEYOND = 10;

export interface RowWindow {
  /** The rows to draw: from, up to and without. */
  from: number;
  to: number;
  /** Room of the rows that are not drawn, in CSS pixels. */
  before: number;
  after: number;
}

/** Draws of a very long list what is near the window. */
export function useRowWindow(list: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const virtualizer = useRef<Virtualizer<Window, Element>>(undefined);
  const active = count > MANY;
  const options = {
    count,
    getScrollElement: () => window,
    estimateSize: () => list.current?.querySelector('li')?.offsetHeight || USUAL,
    overscan: BEYOND,
    scrollMargin: list.current?.offsetTop ?? 0,
    scrollToFn: windowScroll,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
    onChange: () => draw(0),
  };
  if (active) {
    virtualizer.current ??= new Virtualizer<Window, Element>(options);
    virtualizer.current.setOptions(options);
  }
  useEffect(() => (active ? virtualizer.current?._didMount() : undefined), [active]);
  useLayoutEffect(() => {
    if (active) virtualizer.current?._willUpdate();
  });
  if (!active || !virtualizer.current) return { from: 0, to: count, before: 0, after: 0 };
  const items = virtualizer.current.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const margin = options.scrollMargin;
  if (!first || !last) return { from: 0, to: BEYOND, before: 0, after: (count - BEYOND) * USUAL };
  return {
    from: first.index,
    to: last.index + 1,
    before: first.start - margin,
    after: virtualizer.current.getTotalSize() - (last.end - margin),
  };
}
