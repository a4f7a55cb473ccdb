import type { Decoder } from '../../protocol/decoder.ts';
import { decodeDone, decodeFile, decodeFiles, decodeShare } from '../../protocol/decoders.ts';
import type { GettFile, GettShare, GettShareState } from '../../protocol/shapes.ts';
import { InvalidAnswerError } from '../http/answer-errors.ts';
import { type CallOptions, type FileContext, ShareFile } from './file.ts';

/** What is said of a file before its bytes. */
export interface NewFile {
  filename: string;
  /** Bytes; lets the service refuse at once what does not fit into the storage. */
  size?: number;
}

export interface AnnounceOptions extends CallOptions {
  /** Ties files to a Live connection: they are live as long as it is. */
  session?: string;
}

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

  /** Announces a file. Its link works from now on; the bytes follow by `send`. */
  async createFile({ session, signal, ...file }: NewFile & AnnounceOptions): Promise<ShareFile> {
    return this.#add(await this.#announce(announcementOf(file, session), decodeFile, signal));
  }

  /**
   * Announces many files: by one call for as many as the service takes at once, else one by one.
   * @returns the files in the order given
   */
  async createFiles(
    files: readonly NewFile[],
    options: AnnounceOptions = {},
  ): Promise<ShareFile[]> {
    const most = this.#wire.batch ?? 1;
    const made: ShareFile[] = [];
    if (most < 2) {
      for (const file of files) made.push(await this.createFile({ ...options, ...file }));
      return made;
    }
    for (let at = 0; at < files.length; at += most) {
      const bodies = files
        .slice(at, at + most)
        .map((file) => announcementOf(file, options.session));
      const wires = await this.#announce(bodies, decodeFiles, options.signal);
      if (wires.length !== bodies.length) {
        throw new InvalidAnswerError(
          'The service announced more or fewer files than it was given.',
        );
      }
      for (const wire of wires) made.push(this.#add(wire));
    }
    return made;
  }

  #announce<T>(body: object, decode: Decoder<T>, signal: AbortSignal | undefined): Promise<T> {
    const path = `files/${encodeURIComponent(this.sharename)}/create`;
    return this.#context.session.json({ path, body, signal }, decode);
  }

  #add(wire: GettFile): ShareFile {
    const file = new ShareFile(this.#context, wire);
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

function announcementOf({ filename, size }: NewFile, session: string | undefined): object {
  return {
    filename,
    ...(size !== undefined && { size }),
    ...(session !== undefined && { session }),
  };
}
