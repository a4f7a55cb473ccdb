import type { RefObject } from 'preact';

interface FilePickerProps {
  input: RefObject<HTMLInputElement | null>;
  multiple?: boolean;
  /** Chooses a folder with all that is in it. */
  folder?: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** The browser's own dialog; a button of ours opens it. */
export function FilePicker({ input, multiple = false, folder = false, onFiles }: FilePickerProps) {
  return (
    <input
      ref={(element: HTMLInputElement | null) => {
        input.current = element;
        // Not an attribute that the types know.
        if (element) element.webkitdirectory = folder;
      }}
      type="file"
      hidden
      multiple={multiple}
      onChange={({ currentTarget }) => {
        onFiles([...(currentTarget.files ?? [])]);
        // The same file may be chosen again.
        currentTarget.value = '';
      }}
    />
  );
}

/** Opens the browser's own dialog for many files, in a click. */
export function pickFiles(onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => onFiles([...(input.files ?? [])]));
  input.click();
}
