import type { RefObject } from 'preact';

interface FilePickerProps {
  input: RefObject<HTMLInputElement | null>;
  multiple?: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** The browser's own dialog; a button of ours opens it. */
export function FilePicker({ input, multiple = false, onFiles }: FilePickerProps) {
  return (
    <input
      ref={input}
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
