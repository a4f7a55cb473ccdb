import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Rendition, THUMB } from './rendition.ts';

/**
 * The sizes that the pages and the old clients ask for (spec section 4.12). Only these are kept:
 * a visitor can ask for eight million others of each picture, and must not fill the disk with them.
 */
const KEPT: readonly Rendition[] = [
  THUMB,
  { width: 50, height: 36, crop: true },
  { height: 675, crop: false },
];
const KEPT_KINDS = KEPT.map(renditionKind);

/** A rendition as a part of a file name, for example `185x135-crop`. */
export function renditionKind({ width, height, crop }: Rendition): string {
  return `${width ?? ''}x${height ?? ''}${crop ? '-crop' : ''}`;
}

/** Pictures made smaller, kept in a folder that may be emptied at any time. */
export class RenditionCache {
  constructor(private readonly folder: string) {}

  /** What cannot be read, for whatever reason, is made again. */
  async get(blobId: string, kind: string): Promise<Buffer | undefined> {
    if (!KEPT_KINDS.includes(kind)) return undefined;
    return readFile(this.#path(blobId, kind)).catch(() => undefined);
  }

  /** Whole or not at all: a reader never meets half a picture. */
  async put(blobId: string, kind: string, bytes: Uint8Array): Promise<void> {
    if (!KEPT_KINDS.includes(kind)) return;
    const target = this.#path(blobId, kind);
    const temporary = `${target}.${randomUUID()}`;
    await mkdir(path.dirname(target), { recursive: true });
    try {
      await writeFile(temporary, bytes);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async remove(blobId: string): Promise<void> {
    for (const kind of KEPT_KINDS) await rm(this.#path(blobId, kind), { force: true });
  }

  #path(blobId: string, kind: string): string {
    return path.join(this.folder, blobId.slice(0, 2), blobId.slice(2, 4), `${blobId}.${kind}`);
  }
}
