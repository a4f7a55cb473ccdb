import { useEffect } from 'preact/hooks';

/** Ctrl+Z, or Cmd+Z, anywhere but in a field, which undoes what was typed. */
export function useUndoKey(undo: () => unknown): void {
  useEffect(() => {
    const stop = new AbortController();
    addEventListener(
      'keydown',
      (event) => {
        if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey)
          return;
        if (event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        undo();
      },
      { signal: stop.signal },
    );
    return () => stop.abort();
  }, [undo]);
}
