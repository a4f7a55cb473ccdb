import type { Decoder } from '../../protocol/decoder.ts';
import { systemClock } from '../http/clock.ts';
import type { UploadSource } from '../upload/types.ts';
import type { Identifier } from './address.ts';
import { type Api, type ApiCall, type ApiOptions, createApi } from './api.ts';
import type { CallOptions, OnProgress } from './connection.ts';
import { pong, whoAmI } from './decoders.ts';
import type { Parameters } from './form.ts';
import {
  createExchange,
  createLinks,
  type SmartFileExchange,
  type SmartFileLinks,
} from './links.ts';
import { createPaths, type SmartFilePaths, type UploadOptions } from './paths.ts';
import type { WhoAmI } from './shapes.ts';
import { createShare, type Share, type ShareOptions, uploadAndShare } from './share.ts';
import { createTasks, type SmartFileTasks } from './tasks.ts';

/** Options of {@link SmartFileClient}. */
export type SmartFileOptions = ApiOptions;

/** Options of `get`, `post`, `put`, `patch` and `delete`. */
export interface VerbOptions extends CallOptions {
  /** Sent besides those of the client itself. */
  headers?: Readonly<Record<string, string>>;
  /** Another version of the API than the client's own, for example `3`. */
  version?: string;
  /** Bytes to send instead of a form, for `PUT` and `PATCH` of version 3 (spec section 5). */
  body?: UploadSource;
  /** Progress of the files among the parameters. */
  onProgress?: OnProgress;
}

/** With it, the answer must be JSON of this shape. */
export interface DecodedVerbOptions<T> extends VerbOptions {
  /** Throws when the answer is something else; the call then rejects with `invalid-answer`. */
  decode: Decoder<T>;
}

/**
 * One call by endpoint, for example `/access/user`, and identifier, for example `42`. Resolves with
 * the decoded JSON, a `ReadableStream` of bytes for any other media type, or `undefined` when the
 * answer is empty.
 */
export interface Verb {
  (endpoint: string, id?: Identifier, params?: Parameters, options?: VerbOptions): Promise<unknown>;
  <T>(
    endpoint: string,
    id: Identifier,
    params: Parameters | undefined,
    options: DecodedVerbOptions<T>,
  ): Promise<T>;
}

/**
 * Client of the SmartFile API, version 2.
 *
 * @example
 * const client = new SmartFileClient({ auth: apiKey({ key, password }) });
 * const { url } = await client.uploadAndShare('/shared', file);
 */
export class SmartFileClient {
  readonly #api: Api;
  /** Files and directories. */
  readonly path: SmartFilePaths;
  /** Long operations, which `path` begins. */
  readonly tasks: SmartFileTasks;
  /** Public links; not every account may make them. */
  readonly links: SmartFileLinks;
  /** Temporary addresses of single files. */
  readonly exchange: SmartFileExchange;
  /** Any endpoint that has no method here, such as `/access/user`; see {@link Verb}. */
  readonly get: Verb;
  /** Parameters go as a form; as multipart when one is a file (spec section 1.2). */
  readonly post: Verb;
  /** Changes an object; `body` sends bytes instead of a form. */
  readonly put: Verb;
  /** Changes parts of an object; `body` sends bytes instead of a form. */
  readonly patch: Verb;
  /**
   * Removes what the endpoint and the identifier name; without an identifier, what the endpoint
   * names.
   */
  readonly delete: Verb;
  /** A public address of what is stored at `path`; one that ends in `/` is a directory. */
  readonly share: (path: string, options?: ShareOptions) => Promise<Share>;

  /** @throws {SmartFileConfigurationError} when the base URL cannot be used */
  constructor(options: SmartFileOptions) {
    const { clock = systemClock } = options;
    const api = createApi(options);
    this.#api = api;
    this.get = createVerb(api, 'GET');
    this.post = createVerb(api, 'POST');
    this.put = createVerb(api, 'PUT');
    this.patch = createVerb(api, 'PATCH');
    this.delete = createVerb(api, 'DELETE');
    this.tasks = createTasks(api, clock);
    this.path = createPaths(api, this.tasks);
    this.links = createLinks(api);
    this.exchange = createExchange(api);
    this.share = createShare(this.links, this.exchange, clock);
  }

  /** Whether the service is there. */
  ping(options?: CallOptions): Promise<{ ping: string }> {
    return this.#api.decoded({ method: 'GET', endpoint: 'ping', ...options }, pong);
  }

  /**
   * The account behind the credentials: tells whether they are right.
   * @throws {SmartFileResponseError} `unauthorized` when they are not
   */
  whoami(options?: CallOptions): Promise<WhoAmI> {
    return this.#api.decoded({ method: 'GET', endpoint: 'whoami', ...options }, whoAmI);
  }

  /** Uploads a file and shares it; a missing directory is made, once. */
  uploadAndShare(
    directory: string,
    file: UploadSource,
    options?: UploadOptions & ShareOptions,
  ): Promise<Share> {
    return uploadAndShare(this, directory, file, options);
  }
}

function createVerb(api: Api, method: ApiCall['method']): Verb {
  function verb(
    endpoint: string,
    id?: Identifier,
    parameters?: Parameters,
    options?: VerbOptions,
  ): Promise<unknown>;
  function verb<T>(
    endpoint: string,
    id: Identifier,
    parameters: Parameters | undefined,
    options: DecodedVerbOptions<T>,
  ): Promise<T>;
  function verb<T>(
    endpoint: string,
    id?: Identifier,
    parameters?: Parameters,
    { decode, ...options }: VerbOptions & { decode?: Decoder<T> } = {},
  ): Promise<unknown> {
    const call = { method, endpoint, id, parameters, ...options };
    return decode ? api.decoded(call, decode) : api.answer(call);
  }
  return verb;
}
