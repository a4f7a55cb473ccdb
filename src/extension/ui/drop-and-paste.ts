import { useEffect } from 'preact/hooks';

/** Takes files that are dropped or pasted anywhere on the page. */
export function useDropAndPaste(options: {
  /** Off while nobody is signed in. */
  enabled: boolean;
  onFiles: (files: readonly File[]) => void;
  onHover: (hovering: boolean) => void;
}): void {
  const { enabled, onFiles, onHover } = options;
  useEffect(() => {
    if (!enabled) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const hasFiles = ({ dataTransfer }: DragEvent) =>
      dataTransfer?.types.includes('Files') ?? false;

    addEventListener('paste', (event) => take(event, event.clipboardData), { signal });
    addEventListener('drop', (event) => take(event, event.dataTransfer), { signal });
    addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        onHover(true);
      },
      { signal },
    );
    addEventListener(
      'dragleave',
      // Moving between elements fires it too, then with the element that is entered.
      ({ relatedTarget }) => relatedTarget === null && onHover(false),
      { signal },
    );

    function take(event: Event, data: DataTransfer | null) {
      onHover(false);
      const files = [...(data?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    }
    return () => stop.abort();
  }, [enabled]);
}
