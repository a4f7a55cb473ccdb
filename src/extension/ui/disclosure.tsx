import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface DisclosureProps {
  class: string;
  /** What is always shown, a `summary`. */
  summary: ComponentChildren;
  /** What is shown when it is open. */
  children: (close: () => void) => ComponentChildren;
}

/** A panel under a button. It closes on Escape, and when the focus goes elsewhere. */
export function Disclosure({ class: style, summary, children }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => details.current?.removeAttribute('open');
  return (
    <details
      class={style}
      ref={details}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return;
        // The popup itself closes on Escape too.
        event.preventDefault();
        close();
        details.current.querySelector('summary')?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !details.current?.contains(relatedTarget)) close();
      }}
    >
      {summary}
      <div class="menu-panel">{children(close)}</div>
    </details>
  );
}
