import { decodeDone, decodeFile, decodeUpload } from '../../protocol/decoders.ts';
import type { GettFile, GettFileState, GettUpload } from '../../protocol/shapes.ts';
import { type Call, pathOf } from '../http/http.ts';
import type { Uploader, UploadOptions, UploadSource } from '../upload/types.ts';
import type { Session } from './session.ts';

/** Passed to every call that can be given up. */
export interface CallOptions {
  /** The call rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
}

/** A box in pixels, 1 to 2000 each. With one side the other follows; `crop` fills the box. */
export interface ImageSize {
  width?: number;
  height?: number;
  crop?: boolean;
}

/** What files and shares are made with. */
export interface FileContext {
  session: Session;
  upload: Uploader;
}

/** One file of a share. Its fields show the state of the last answer; `refresh` asks anew. */
export class ShareFile {
  readonly fileid: string;
  readonly sharename: string;
  readonly filename: string;
  /** The file's page, for people. Works from the moment the file is created. */
  readonly url: string;
  readonly created: Date;
  readonly #context: FileContext;
  #wire: GettFile;

  constructor(context: FileContext, wire: GettFile) {
    this.#context = context;
    this.#wire = wire;
    this.fileid = wire.fileid;
    this.sharename = wire.sharename;
    this.filename = wire.filename;
    this.url = wire.getturl;
    this.created = new Date(wire.created * 1000);
  }

  /** `remote` (no bytes yet), `uploading`, `uploaded`, `removed` or a failure state. */
  get state(): GettFileState {
    return this.#wire.readystate;
  }

  /** How often the bytes were fetched, as the service counts. */
  get downloads(): number {
    return this.#wire.downloads;
  }

  /** Bytes; `undefined` until it is known. */
  get size(): number | undefined {
    return this.#wire.size;
  }

  /** Media type, where the service tells. */
  get type(): string | undefined {
    return this.#wire.type;
  }

  /** The session that announced the file is connected. */
  get live(): boolean {
    return this.#wire.live ?? false;
  }

  /** Upload URLs that came with the answer that created the file. */
  get upload(): GettUpload | undefined {
    return this.#wire.upload;
  }

  /** Asks the service for the file's present state. */
  async refresh(options: CallOptions = {}): Promise<this> {
    const wire = await this.#context.session.openJson(this.#call(options), decodeFile);
    this.#wire = { ...(this.upload && { upload: this.upload }), ...wire };
    return this;
  }

  /** Removes the file and its bytes. Not an error when it is gone already. */
  async destroy(options: CallOptions = {}): Promise<void> {
    const call = this.#call({ ...options, body: {} }, 'destroy');
    await this.#context.session.json(call, decodeDone);
    this.#wire = { ...this.#wire, readystate: 'removed' };
  }

  /** Fresh upload URLs, to send the bytes or to replace them. */
  async uploadUrls(options: CallOptions = {}): Promise<GettUpload> {
    const upload = await this.#context.session.json(this.#call(options, 'upload'), decodeUpload);
    this.#wire = { ...this.#wire, upload };
    return upload;
  }

  /**
   * Sends the bytes, or replaces them. Resolves when the service has stored them.
   *
   * @example
   * const file = await share.createFile({ filename: 'cat.jpg' });
   * await file.send(blob, { onProgress: ({ sent, total }) => draw(sent, total) });
   */
  async send(source: UploadSource, options: UploadOptions = {}): Promise<void> {
    const { signal } = options;
    // Only fresh addresses begin anew; the others go on with what has been stored already.
    const target =
      (this.state !== 'uploaded' && this.upload) || (await this.uploadUrls({ signal }));
    await this.#context.upload(target, source, { name: this.filename, ...options });
    this.#wire.readystate = 'uploaded';
    // The bytes are stored: not learning the file's new state is no failure of the upload.
    await this.refresh({ signal }).catch(() => undefined);
  }

  /**
   * The file as plain data, to go on with it after a restart: `gett.files.restore`. Keep it as you
   * keep secrets, because its upload URLs let anybody send the bytes.
   */
  serialize(): GettFile {
    return structuredClone(this.#wire);
  }

  /**
   * Address of the bytes.
   * @param options `download` asks for a saved file instead of a shown one; `noinc` leaves the
   * count of downloads alone
   */
  blobUrl({
    download = false,
    noinc = false,
  }: {
    download?: boolean;
    noinc?: boolean;
  } = {}): string {
    return this.#url({ ...(noinc && { noinc: '1' }), ...(download && { download: '' }) }, 'blob');
  }

  /** Address of a small preview; pictures only. */
  thumbnailUrl(): string {
    return this.#url({}, 'blob', 'thumb');
  }

  /** Address of the picture scaled into a box; never enlarged. */
  scaledUrl(size: ImageSize): string {
    return this.#url(cropQuery(size), 'blob', boxOf(size));
  }

  /** The bytes as a `Response`: stream them, or read `blob()`, `text()`, `arrayBuffer()`. */
  contents({ noinc, signal }: CallOptions & { noinc?: boolean } = {}): Promise<Response> {
    const query = noinc ? { noinc: '1' } : {};
    return this.#context.session.http.response(this.#call({ query, signal }, 'blob'));
  }

  /** The small preview itself. */
  thumbnail(options: CallOptions = {}): Promise<Blob> {
    return this.#context.session.http.blob(this.#call(options, 'blob', 'thumb'));
  }

  /** The scaled picture itself. */
  scaled({ signal, ...size }: ImageSize & CallOptions): Promise<Blob> {
    const call = this.#call({ query: cropQuery(size), signal }, 'blob', boxOf(size));
    return this.#context.session.http.blob(call);
  }

  #call(call: Omit<Call, 'path'>, ...rest: string[]): Call {
    return { ...call, path: pathOf('files', this.sharename, this.fileid, ...rest) };
  }

  #url(query: Record<string, string>, ...rest: string[]): string {
    return this.#context.session.http.url(this.#call({}, ...rest).path, query);
  }
}

function boxOf({ width = '', height = '' }: { width?: number | ''; height?: number | '' }): string {
  return `${width}x${height}`;
}

function cropQuery({ crop }: ImageSize): Record<string, string> {
  return crop ? { method: 'thumb' } : {};
}
