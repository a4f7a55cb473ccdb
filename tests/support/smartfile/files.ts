import type { PathInfo } from '../../../src/sdk/smartfile/index.ts';

/** An answer that is no success, thrown by whatever notices the reason. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`refused with ${status}`);
  }
}

export interface StoredFile {
  bytes: Buffer;
  mime: string;
}

const types: Record<string, string> = {
  '.txt': 'text/plain',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
};

const extensionOf = (path: string) => /\.[^./]+$/.exec(path)?.[0] ?? '';
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';

/** The files of one account, in memory. */
export class Files {
  readonly #entries = new Map<string, StoredFile | 'directory'>([['/', 'directory']]);

  file(path: string): StoredFile | undefined {
    const entry = this.#entries.get(path);
    return entry === 'directory' ? undefined : entry;
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  write(path: string, bytes: Buffer): PathInfo {
    const directory = parentOf(path);
    if (this.#entries.get(directory) !== 'directory') {
      throw new Refusal(409, { detail: 'Destination directory does not exist.' });
    }
    const mime = types[extensionOf(path)] ?? 'application/octet-stream';
    this.#entries.set(path, { bytes, mime });
    return this.info(path);
  }

  mkdir(path: string): PathInfo {
    if (this.has(path)) throw new Refusal(409, { path: ['Path exists.'] });
    if (!this.has(parentOf(path))) throw new Refusal(400, { path: ['Parent does not exist.'] });
    this.#entries.set(path, 'directory');
    return this.info(path);
  }

  /** Copies an entry with all below it. */
  copy(src: string, dst: string): void {
    if (!this.has(src)) throw new Refusal(400, { src: ['Path does not exist.'] });
    if (this.has(dst)) throw new Refusal(409, { detail: 'Destination exists.' });
    for (const path of this.#below(src)) {
      const entry = this.#entries.get(path);
      if (entry) this.#entries.set(dst + path.slice(src.length), entry);
    }
  }

  remove(path: string): void {
    for (const below of this.#below(path)) this.#entries.delete(below);
  }

  children(path: string): PathInfo[] {
    return [...this.#entries.keys()]
      .filter((entry) => entry !== '/' && parentOf(entry) === path)
      .sort()
      .map((entry) => this.info(entry));
  }

  search(keywords: string): PathInfo[] {
    return [...this.#entries.keys()]
      .filter((path) => path.includes(keywords))
      .map((path) => this.info(path));
  }

  info(path: string): PathInfo {
    const entry = this.#entries.get(path);
    if (!entry) throw new Refusal(404, { detail: 'Path does not exist.' });
    const directory = entry === 'directory';
    return {
      id: [...this.#entries.keys()].indexOf(path),
      path,
      name: path.slice(path.lastIndexOf('/') + 1),
      isdir: directory,
      isfile: !directory,
      size: directory ? 0 : entry.bytes.length,
      items: directory ? this.#below(path).length - 1 : null,
      mime: directory ? 'application/x-directory' : entry.mime,
      extension: directory ? '' : extensionOf(path),
      time: '2013-02-23T22:49:30',
      url: `http://service.example/api/2/path/info${path}`,
      owner: null,
      tags: [],
      attributes: {},
      acl: { list: true, read: true, remove: true, write: true },
    };
  }

  #below(path: string): string[] {
    const folder = path === '/' ? '/' : `${path}/`;
    return [...this.#entries.keys()].filter((entry) => entry === path || entry.startsWith(folder));
  }
}
