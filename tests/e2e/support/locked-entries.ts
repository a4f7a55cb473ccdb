import type { Page } from '@playwright/test';

/**
 * Files and folders of these names, directly in the folder that is dropped next, cannot be read. A
 * fake, because an administrator, as whom tests may run, is refused nothing.
 */
export async function lockEntries(page: Page, names: string[]): Promise<void> {
  await page.evaluate((locked) => {
    const refuse = (_done: unknown, fail?: (error: DOMException) => void) =>
      fail?.(new DOMException('locked', 'NotReadableError'));
    const lock = (entry: FileSystemEntry) => {
      if (!locked.includes(entry.name)) return entry;
      if (!entry.isDirectory) return Object.assign(entry, { file: refuse });
      return Object.assign(entry, { createReader: () => ({ readEntries: refuse }) });
    };
    addEventListener(
      'drop',
      ({ dataTransfer }) => {
        const folder = dataTransfer?.items[0]?.webkitGetAsEntry() as FileSystemDirectoryEntry;
        const createReader = folder.createReader.bind(folder);
        Object.assign(folder, {
          createReader() {
            const reader = createReader();
            const readEntries = reader.readEntries.bind(reader);
            return Object.assign(reader, {
              readEntries: (done: (entries: FileSystemEntry[]) => void, fail?: () => void) =>
                readEntries((entries) => done(entries.map(lock)), fail),
            });
          },
        });
        const { prototype } = DataTransferItem;
        const usual = Object.getOwnPropertyDescriptor(prototype, 'webkitGetAsEntry') ?? {};
        const give = () => {
          Object.defineProperty(prototype, 'webkitGetAsEntry', usual);
          return folder;
        };
        Object.defineProperty(prototype, 'webkitGetAsEntry', { ...usual, value: give });
      },
      { capture: true, once: true },
    );
  }, names);
}
