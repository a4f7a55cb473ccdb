import { decodeFile } from '../../protocol/decoders.ts';
import { type CallOptions, type FileContext, ShareFile } from './file.ts';

/** Files by their names. */
export class Files {
  readonly #context: FileContext;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /** Any file; nobody needs to be signed in. */
  async get(sharename: string, fileid: string, options: CallOptions = {}): Promise<ShareFile> {
    const path = `files/${encodeURIComponent(sharename)}/${encodeURIComponent(fileid)}`;
    const call = { method: 'GET', path, ...options } as const;
    return new ShareFile(this.#context, await this.#context.session.openJson(call, decodeFile));
  }
}
