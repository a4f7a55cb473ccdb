import { decodeDone, decodeFile, decodeShare } from '../../protocol/decoders.ts';
import type { GettShare, GettShareState } from '../../protocol/shapes.ts';
import { type CallOptions, type FileContext, ShareFile } from './file.ts';

/** One link with any number of files. Its fields show the state of the last answer. */
export class Share {
  readonly sharename: string;
  /** The share's page, for people. */
  readonly url: string;
  readonly created: Date;
  readonly #context: FileContext;
  #wire: GettShare;
  #files: ShareFile[];

  constructor(context: FileContext, wire: GettShare) {
    this.#context = context;
    this.#wire = wire;
    this.#files = this.#filesOf(wire);
    this.sharename = wire.sharename;
    this.url = wire.getturl;
    this.created = new Date(wire.created * 1000);
  }

  get title(): string | undefined {
    return this.#wire.title;
  }

  /** `ready` or `removed`. */
  get state(): GettShareState {
    return this.#wire.readystate;
  }

  get ownerId(): string {
    return this.#wire.userid;
  }

  get ownerName(): string | undefined {
    return this.#wire.fullname;
  }

  /** Some session of this share is connected. */
  get live(): boolean {
    return this.#wire.live;
  }

  /** Newest first. */
  get files(): readonly ShareFile[] {
    return this.#files;
  }

  /** Address of all files in one ZIP archive. */
  get zipUrl(): string {
    return this.#context.session.http.url(this.#path('/zip'));
  }

  /** Asks the service for the share's present state. */
  async refresh(options: CallOptions = {}): Promise<this> {
    const call = { path: this.#path(), ...options };
    return this.#take(await this.#context.session.openJson(call, decodeShare));
  }

  /** Changes the title (1 to 255 characters), or removes it with `null`. */
  async update({ title, ...options }: { title: string | null } & CallOptions): Promise<this> {
    const call = { path: this.#path('/update'), body: { title }, ...options };
    return this.#take(await this.#context.session.json(call, decodeShare));
  }

  /** Removes the share with all its files. Not an error when it is gone already. */
  async destroy(options: CallOptions = {}): Promise<void> {
    const call = { path: this.#path('/destroy'), body: {}, ...options };
    await this.#context.session.json(call, decodeDone);
    this.#take({ ...this.#wire, readystate: 'removed', files: [] });
  }

  /**
   * Announces a file. Its link works from now on; the bytes follow by `send`.
   * @param options `session` ties the file to a Live connection
   */
  async createFile({
    filename,
    session,
    ...options
  }: { filename: string; session?: string } & CallOptions): Promise<ShareFile> {
    const path = `files/${encodeURIComponent(this.sharename)}/create`;
    const body = { filename, ...(session !== undefined && { session }) };
    const call = { path, body, ...options };
    const file = new ShareFile(this.#context, await this.#context.session.json(call, decodeFile));
    this.#files = [file, ...this.#files];
    return file;
  }

  #take(wire: GettShare): this {
    this.#wire = wire;
    this.#files = this.#filesOf(wire);
    return this;
  }

  #filesOf({ files }: GettShare): ShareFile[] {
    return files.map((file) => new ShareFile(this.#context, file));
  }

  #path(rest = ''): string {
    return `shares/${encodeURIComponent(this.sharename)}${rest}`;
  }
}
