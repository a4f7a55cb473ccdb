/** Hands a file to the browser, which puts it where downloads go. */
export function saveFile(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by then. https://w3c.github.io/FileAPI/#creating-revoking
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
