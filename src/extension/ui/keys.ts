import { useEffect, useRef } from 'preact/hooks';

/** A key, `Ctrl+` with a key for Ctrl or, on a Mac, Command. */
type Key = '/' | `Ctrl+${string}`;

/**
 * A key of the whole page. Not while somebody types, but for those with Ctrl, and not behind a
 * dialog.
 */
export function useKey(keys: readonly Key[], act: () => unknown): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const stop = new AbortController();
    addEventListener(
      'keydown',
      (event) => {
        if (event.defaultPrevented || event.altKey) return;
        const control = event.ctrlKey || event.metaKey;
        const name = control ? `Ctrl+${event.key.toUpperCase()}` : event.key;
        // Many keyboards have the slash on a key with Shift.
        if (event.shiftKey && name !== '/') return;
        if (!keys.some((key) => key === name)) return;
        const typing = event.target instanceof HTMLInputElement;
        // In a field, Ctrl+Z undoes what was typed.
        if (typing && (!control || name === 'Ctrl+Z')) return;
        if (document.querySelector('dialog[open]')) return;
        event.preventDefault();
        latest.current();
      },
      { signal: stop.signal },
    );
    return () => stop.abort();
  }, []);
}
