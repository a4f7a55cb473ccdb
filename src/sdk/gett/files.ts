import { decodeFile } from '../../protocol/decoders.ts';
import { pathOf } from '../http/http.ts';
import { type CallOptions, type FileContext, ShareFile } from './file.ts';

/** Files by their names. */
export class Files {
  readonly #context: FileContext;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /** Any file; nobody needs to be signed in. */
  async get(sharename: string, fileid: string, options: CallOptions = {}): Promise<ShareFile> {
    const call = { ...options, path: pathOf('files', sharename, fileid) };
    const wire = await this.#context.session.openJson(call, decodeFile);
    return new ShareFile(this.#context, wire);
  }

  /**
   * A file from what its `serialize` gave, without asking the service.
   * @throws DecodeError when it is something else
   */
  restore(serialized: unknown): ShareFile {
    return new ShareFile(this.#context, decodeFile(serialized, 'file'));
  }
}
