/** Files that become one share. */
export interface Taken {
  /** Of the share, where it has one of its own. */
  title: string | undefined;
  files: readonly { name: string; content: File }[];
  /** What was given too, and could not be read. */
  unread?: readonly Unread[];
}

interface Unread {
  name: string;
  error: unknown;
}

/** What systems leave in folders, and nobody means to share. */
const LEFT_BY_SYSTEMS = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** How many things are being dragged; browsers do not tell yet how many files that makes. */
export function countDragged({ dataTransfer }: DragEvent): number {
  return [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').length;
}

/**
 * Files and folders that were dropped or pasted, as far as they can be read. To be called within
 * the event.
 */
export async function takeTransfer(data: DataTransfer): Promise<Taken> {
  const sources = [...data.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: File[] = [];
  const named: Taken['files'][number][] = [];
  const unread: Unread[] = [];
  for (const { entry, file } of sources) {
    if (entry && isFolder(entry)) {
      for await (const inside of walk(entry, unread)) named.push(inside);
    } else if (file) found.push(file);
  }
  const folder = sources.find(({ entry }) => entry?.isDirectory)?.entry?.name;
  const files = [...found.map((file) => ({ name: file.name, content: file })), ...named];
  return { ...taken(files, folder), unread };
}

/** Files of an `<input type="file">`, which may be one for folders. */
export function takeChosen(files: Iterable<File>): Taken {
  const named = [...files].map((content) => {
    const inside = content.webkitRelativePath.split('/').slice(1);
    return { name: inside.length > 0 ? nameOf(inside) : content.name, content };
  });
  return taken(named, named[0]?.content.webkitRelativePath.split('/')[0] || undefined);
}

function taken(all: Taken['files'], folder: string | undefined): Taken {
  const files = all.filter(({ content }) => !LEFT_BY_SYSTEMS.has(content.name));
  const title = folder ?? (files.length > 1 ? files[0]?.name : undefined);
  return { files, title };
}

/** Services take the last part of a path for the name, so that a slash would lose the folders. */
const nameOf = (path: readonly string[]): string => path.join(' – ');

async function* walk(
  folder: FileSystemDirectoryEntry,
  unread: Unread[],
  path: readonly string[] = [],
): AsyncGenerator<Taken['files'][number]> {
  const reader = folder.createReader();
  const pass = (name: string) => (error: unknown) => {
    unread.push({ name, error });
    return undefined;
  };
  const next = () => read(reader).catch(pass(nameOf(path) || folder.name));
  // A reader gives some entries at a time, and none at the end.
  for (let batch = await next(); batch && batch.length > 0; batch = await next()) {
    for (const entry of batch) {
      const inside = [...path, entry.name];
      const name = nameOf(inside);
      if (isFolder(entry)) yield* walk(entry, unread, inside);
      if (!isFile(entry)) continue;
      const content = await fileOf(entry).catch(pass(name));
      if (content) yield { name, content };
    }
  }
}

// Chromium has the interfaces under names of its own, so their classes cannot be asked for.
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

const read = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
