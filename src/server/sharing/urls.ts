import type { GettUpload } from '../../protocol/shapes.ts';
import type { Right, UrlSigner } from '../accounts/signatures.ts';

interface FileAddress {
  sharename: string;
  fileid: number;
  filename: string;
}

/** Every address that the server hands out. */
export class Urls {
  constructor(
    /** Origin of the pages, for example `https://share.example.org`. */
    readonly pageOrigin: string,
    /** Origin of the bytes; another one keeps foreign bytes apart from the pages. */
    readonly blobOrigin: string,
    private readonly signer: UrlSigner,
  ) {}

  sharePage(sharename: string): string {
    return `${this.pageOrigin}/${sharename}`;
  }

  filePage(sharename: string, fileid: number): string {
    return `${this.pageOrigin}/${sharename}/v/${fileid}`;
  }

  /** Name and share are there for people only (spec section 5.3). */
  upload(file: FileAddress): GettUpload {
    const sig = this.#sign(file, 'write');
    const base = `${this.blobOrigin}/blobs/${file.sharename}`;
    const filename = encodeURIComponent(file.filename);
    return {
      puturl: `${base}/${filename}?sig=${sig}`,
      posturl: `${base}/?filename=${filename}&sig=${sig}`,
    };
  }

  bytes(file: FileAddress, options: { download: boolean }): string {
    const url = `${this.blobOrigin}/blobs/${file.sharename}/${encodeURIComponent(file.filename)}`;
    return `${url}?sig=${this.#sign(file, 'read')}${options.download ? '&download' : ''}`;
  }

  #sign({ sharename, fileid }: FileAddress, right: Right): string {
    return this.signer.sign({ right, sharename, fileid: String(fileid) });
  }
}
