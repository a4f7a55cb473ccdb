import type { GettFile } from '../../protocol/shapes.ts';

type FileId = Pick<GettFile, 'sharename' | 'fileid'>;

/** Addresses that the pages link to, relative to the origin that they are read from. */
export class Links {
  constructor(private readonly apiPath: string) {}

  share(sharename: string): string {
    return `/${encodeURIComponent(sharename)}`;
  }

  shareEvents(sharename: string): string {
    return `${this.share(sharename)}/events`;
  }

  file({ sharename, fileid }: FileId): string {
    return `${this.share(sharename)}/v/${encodeURIComponent(fileid)}`;
  }

  progress(file: FileId): string {
    return `${this.file(file)}/progress`;
  }

  download(file: FileId): string {
    return `${this.#blob(file)}?download`;
  }

  /** The bytes for looking at; that is no download. */
  view(file: FileId): string {
    return `${this.#blob(file)}?noinc=1`;
  }

  /** At most 675 pixels high, as the pages of the old service showed pictures. */
  scaled(file: FileId): string {
    return `${this.#blob(file)}/x675`;
  }

  thumbnail(file: FileId): string {
    return `${this.#blob(file)}/185x135?method=thumb`;
  }

  zip(sharename: string): string {
    return `${this.apiPath}/shares/${encodeURIComponent(sharename)}/zip`;
  }

  #blob({ sharename, fileid }: FileId): string {
    return `${this.apiPath}/files/${encodeURIComponent(sharename)}/${encodeURIComponent(fileid)}/blob`;
  }
}
