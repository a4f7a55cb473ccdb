import { useEffect } from 'preact/hooks';
import { countDragged, draggedPicture, type Given, givenByTransfer } from '../capture/given.ts';

/** Takes files, folders and pictures of pages that are dropped or pasted anywhere on the page. */
export function useDropAndPaste(options: {
  /** Off while nobody is signed in. */
  enabled: boolean;
  onGiven: (given: Given) => void;
  /** The address of a picture that was dragged out of a page. */
  onPicture: (src: string) => void;
  /** How many things hover over the page; 0 when they have gone. */
  onHover: (count: number) => void;
}): void {
  const { enabled, onGiven, onPicture, onHover } = options;
  useEffect(() => {
    if (!enabled) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener('paste', (event) => take(event, event.clipboardData), { signal });
    addEventListener('drop', (event) => take(event, event.dataTransfer, true), { signal });
    // The browser opens what is dropped right after an element was entered whose event it was left.
    addEventListener('dragenter', hover, { signal });
    addEventListener('dragover', hover, { signal });
    addEventListener(
      'dragleave',
      // Moving between elements fires it too, then with the element that is entered.
      ({ relatedTarget }) => relatedTarget === null && onHover(0),
      { signal },
    );

    function hover(event: DragEvent) {
      const count = event.dataTransfer ? countDragged(event.dataTransfer) : 0;
      if (count === 0 || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      onHover(count);
    }
    function take(event: Event, data: DataTransfer | null, dropped = false) {
      onHover(0);
      if (!data) return;
      if (data.types.includes('Files') && data.items.length > 0) {
        event.preventDefault();
        void givenByTransfer(data).then(onGiven);
        return;
      }
      if (!dropped) return;
      event.preventDefault();
      const src = draggedPicture(data);
      if (src !== undefined) onPicture(src);
    }
    return () => stop.abort();
  }, [enabled, onGiven, onPicture]);
}
