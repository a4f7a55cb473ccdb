/** Files as they were chosen, dropped or pasted together. */
export interface Given {
  /** `name` keeps the place of a file in its folder. */
  files: readonly { name: string; file: File }[];
  /** The folder that was given, if it was one. */
  title?: string;
  /** What was in it and is not shared. */
  left: { system: number; empty: number; unread: readonly string[] };
}

/** What systems leave in folders, and nobody means to share. */
const LEFT_BY_SYSTEMS = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** Files of an `<input type="file">`, which may be one for folders. */
export function givenByPicker(files: Iterable<File>): Given {
  const all = [...files].map((file) => {
    const [, ...inside] = file.webkitRelativePath.split('/');
    return { name: inside.length > 0 ? nameOf(inside) : file.name, file };
  });
  const folder = all[0]?.file.webkitRelativePath.split('/')[0];
  return given(all, 0, [], folder || undefined);
}

/**
 * Files and folders that were dropped or pasted, as far as they can be read. To be called within
 * the event.
 */
export async function givenByTransfer(data: DataTransfer): Promise<Given> {
  const sources = [...data.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: { name: string; file: File }[] = [];
  const unread: string[] = [];
  let empty = 0;
  for (const { entry, file } of sources) {
    if (entry && isFolder(entry)) {
      const inside = await walk(entry, unread, []);
      found.push(...inside.files);
      empty += inside.empty;
    } else if (file) found.push({ name: file.name, file });
  }
  const [only, ...others] = sources;
  const folder = others.length === 0 && only?.entry?.isDirectory ? only.entry.name : undefined;
  return given(found, empty, unread, folder);
}

/** How many things are being dragged; browsers do not tell yet how many files that makes. */
export function countDragged({ items, types }: DataTransfer): number {
  const files = [...items].filter(({ kind }) => kind === 'file').length;
  if (files > 0 || types.includes('Files')) return Math.max(1, files);
  return types.includes('text/html') || types.includes('text/uri-list') ? 1 : 0;
}

/**
 * The address of a picture that was dragged out of a page. A link is none, unless it leads to a
 * picture: then its own address was dragged.
 */
export function draggedPicture(data: DataTransfer): string | undefined {
  const html = data.getData('text/html');
  // Nothing of it is loaded or run: the document is never shown.
  const image = html && new DOMParser().parseFromString(html, 'text/html').querySelector('img');
  const src = image ? image.getAttribute('src') : undefined;
  if (src && /^(https?|data|blob):/i.test(src)) return src;
  const [link] = data
    .getData('text/uri-list')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
  return link !== undefined && isPicture(link) ? link : undefined;
}

function isPicture(address: string): boolean {
  return /^https?:\/\/[^?#]+\.(png|jpe?g|gif|webp|avif|bmp|svg)([?#]|$)/i.test(address);
}

function given(
  all: Given['files'],
  empty: number,
  unread: readonly string[],
  title: string | undefined,
): Given {
  const files = all.filter(({ file }) => !LEFT_BY_SYSTEMS.has(file.name));
  const left = { system: all.length - files.length, empty, unread };
  return { files, left, ...(title !== undefined && { title }) };
}

/** Services take the last part of a path for the name, so that a slash would lose the folders. */
const nameOf = (path: readonly string[]): string => path.join(' – ');

async function walk(folder: FileSystemDirectoryEntry, unread: string[], path: readonly string[]) {
  const reader = folder.createReader();
  const files: { name: string; file: File }[] = [];
  let empty = 0;
  let entries = 0;
  const pass = (name: string) => () => {
    unread.push(name);
    entries += 1;
    return undefined;
  };
  // A reader gives some entries at a time, and none at the end.
  const next = () => read(reader).catch(pass(nameOf(path) || folder.name));
  for (let some = await next(); some?.length; some = await next()) {
    for (const entry of some) {
      entries += 1;
      const inside = [...path, entry.name];
      if (isFolder(entry)) {
        const below = await walk(entry, unread, inside);
        files.push(...below.files);
        empty += below.empty;
      } else if (isFile(entry)) {
        const name = nameOf(inside);
        const file = await fileOf(entry).catch(pass(name));
        if (file) files.push({ name, file });
      }
    }
  }
  return { files, empty: entries === 0 ? 1 : empty };
}

// Chromium has the interfaces under names of its own, so their classes cannot be asked for.
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

const read = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
