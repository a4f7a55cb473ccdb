import type { Decoder } from '../../protocol/decoder.ts';
import { decodeDone, decodeFile, decodeFiles, decodeShare } from '../../protocol/decoders.ts';
import type { GettFile, GettShare, GettShareState } from '../../protocol/shapes.ts';
import { InvalidAnswerError } from '../http/answer-errors.ts';
import { type Call, pathOf } from '../http/http.ts';
import { type CallOptions, type FileContext, ShareFile } from './file.ts';

/** What is said of a file before its bytes. */
export interface NewFile {
  filename: string;
  /** Bytes; lets the service refuse at once what does not fit into the storage. */
  size?: number | undefined;
}

/** Options of `Share.createFile` and `Share.createFiles`. */
export interface AnnounceOptions extends CallOptions {
  /** Ties files to a Live connection: they are live as long as it is. */
  session?: string | undefined;
}

/** One link with any number of files. Its fields show the state of the last answer. */
export class Share {
  readonly sharename: string;
  /** The share's page, for people. */
  readonly url: string;
  readonly created: Date;
  readonly #context: FileContext;
  #wire: GettShare;
  #files: ShareFile[] = [];

  constructor(context: FileContext, wire: GettShare) {
    this.#context = context;
    this.#wire = wire;
    this.sharename = wire.sharename;
    this.url = wire.getturl;
    this.created = new Date(wire.created * 1000);
    this.#take(wire);
  }

  /** `undefined` when there is none. */
  get title(): string | undefined {
    return this.#wire.title;
  }

  /** When the share is removed by itself; `undefined` for those that stay. */
  get expires(): Date | undefined {
    const { expires } = this.#wire;
    return expires === undefined ? undefined : new Date(expires * 1000);
  }

  /** `ready` or `removed`. */
  get state(): GettShareState {
    return this.#wire.readystate;
  }

  /** Of the account that made the share. */
  get ownerId(): string {
    return this.#wire.userid;
  }

  /** Of the owner, for people, where the service tells. */
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
    return this.#context.session.http.url(this.#call({}, 'zip').path);
  }

  /** Asks the service for the share's present state. */
  async refresh(options: CallOptions = {}): Promise<this> {
    return this.#take(await this.#context.session.openJson(this.#call(options), decodeShare));
  }

  /** Changes the title (1 to 255 characters), or removes it with `null`. */
  async update({ title, ...options }: { title: string | null } & CallOptions): Promise<this> {
    const call = this.#call({ ...options, body: { title } }, 'update');
    return this.#take(await this.#context.session.json(call, decodeShare));
  }

  /** Removes the share with all its files. Not an error when it is gone already. */
  async destroy(options: CallOptions = {}): Promise<void> {
    const call = this.#call({ ...options, body: {} }, 'destroy');
    await this.#context.session.json(call, decodeDone);
    this.#take({ ...this.#wire, readystate: 'removed', files: [] });
  }

  /** Announces a file. Its link works from now on; the bytes follow by `send`. */
  async createFile({ signal, ...file }: NewFile & AnnounceOptions): Promise<ShareFile> {
    return this.#add(await this.#announce(file, decodeFile, signal));
  }

  /**
   * Announces many files: by one call for as many as the service takes at once, else one by one.
   * @returns the files in the order given
   */
  async createFiles(
    files: readonly NewFile[],
    { session, signal }: AnnounceOptions = {},
  ): Promise<ShareFile[]> {
    const { batch = 1 } = this.#wire;
    const made: ShareFile[] = [];
    if (batch < 2) {
      for (const file of files) made.push(await this.createFile({ ...file, session, signal }));
      return made;
    }
    for (let at = 0; at < files.length; at += batch) {
      const bodies = files.slice(at, at + batch).map((file) => ({ ...file, session }));
      const wires = await this.#announce(bodies, decodeFiles, signal);
      if (wires.length !== bodies.length) {
        throw new InvalidAnswerError(
          "The server's answer cannot be understood: files are missing.",
        );
      }
      for (const wire of wires) made.push(this.#add(wire));
    }
    return made;
  }

  #announce<T>(body: object, decode: Decoder<T>, signal: AbortSignal | undefined): Promise<T> {
    const path = pathOf('files', this.sharename, 'create');
    return this.#context.session.json({ path, body, signal }, decode);
  }

  #add(wire: GettFile): ShareFile {
    const file = new ShareFile(this.#context, wire);
    this.#files = [file, ...this.#files];
    return file;
  }

  #take(wire: GettShare): this {
    this.#wire = wire;
    this.#files = wire.files.map((file) => new ShareFile(this.#context, file));
    return this;
  }

  #call(call: Omit<Call, 'path'>, ...rest: string[]): Call {
    return { ...call, path: pathOf('shares', this.sharename, ...rest) };
  }
}
