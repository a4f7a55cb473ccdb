import type { Decoder } from '../../protocol/decoder.ts';
import type { UploadSource } from '../upload/types.ts';
import { joinPath } from './address.ts';
import type { Api } from './api.ts';
import type { CallOptions, OnProgress } from './connection.ts';
import { madeInfo, pathInfo, task, uploadedInfo } from './decoders.ts';
import { SmartFileConfigurationError } from './errors.ts';
import type { Parameters, ParameterValue } from './form.ts';
import { nameOf } from './multipart.ts';
import type { PathInfo } from './shapes.ts';
import type { SmartFileTasks, TaskHandle } from './tasks.ts';

/** Options of `SmartFilePaths.list`. */
export interface ListOptions extends CallOptions {
  /** Entries of one page. Default: as the service decides. */
  limit?: number;
  /** The page to begin with. Default: the first. */
  page?: number;
  /** Members wanted of each entry. Default: all. */
  fields?: readonly string[];
}

/** Options of `SmartFilePaths.upload`. */
export interface UploadOptions extends CallOptions {
  /** Bytes of the file, without what frames it. */
  onProgress?: OnProgress;
  /** File name. Default: the file's own. */
  name?: string;
  /** Media type. Default: the blob's own, or `application/octet-stream`. */
  type?: string;
  /** Plain form values sent before the file. */
  fields?: Readonly<Record<string, ParameterValue>>;
}

/** Options of `SmartFilePaths.download`. */
export interface DownloadOptions extends CallOptions {
  /** First byte wanted, to resume; a service that ignores it answers 200 instead of 206. */
  offset?: number;
  /** Asks for `Content-Disposition: attachment`. */
  attachment?: boolean;
}

/** Files and directories (spec sections 4 and 5). Paths are full ones, `/photos/beach.jpg`. */
export interface SmartFilePaths {
  /**
   * What is stored at a path; a directory without its entries.
   * @throws {SmartFileResponseError} `not-found`
   */
  info(path: string, options?: CallOptions): Promise<PathInfo>;
  /** Entries of a directory, page after page. */
  list(path: string, options?: ListOptions): AsyncIterable<PathInfo>;
  /** Stores a file in a directory that exists; one of the same name is taken to be replaced. */
  upload(directory: string, file: UploadSource, options?: UploadOptions): Promise<PathInfo>;
  /** Always bytes, also for a stored `.json` file. The body is a stream. */
  download(path: string, options?: DownloadOptions): Promise<Response>;
  /**
   * Makes a directory.
   * @throws {SmartFileResponseError} status 409 when there is something of that name
   */
  mkdir(path: string, options?: CallOptions): Promise<PathInfo>;
  /**
   * Both are full paths. Unlike `move` it is done when it resolves, with the object under its new
   * path.
   */
  rename(source: string, target: string, options?: CallOptions): Promise<PathInfo>;
  /**
   * Begins a task; nothing has moved yet when it resolves.
   *
   * @param target the full new path, with the file's name
   */
  move(source: string, target: string, options?: CallOptions): Promise<TaskHandle>;
  /**
   * Begins a task; nothing is copied yet when it resolves.
   *
   * @param target the full new path, with the file's name
   */
  copy(source: string, target: string, options?: CallOptions): Promise<TaskHandle>;
  /** Begins a task that removes one or several files or directories with all that is in them. */
  remove(path: string | readonly string[], options?: CallOptions): Promise<TaskHandle>;
}

export function createPaths(api: Api, tasks: SmartFileTasks): SmartFilePaths {
  function operate<T>(
    operation: string,
    parameters: Parameters,
    options: CallOptions | undefined,
    decode: Decoder<T>,
  ): Promise<T> {
    const endpoint = `path/oper/${operation}`;
    return api.decoded({ method: 'POST', endpoint, parameters, ...options }, decode);
  }

  async function begin(
    operation: string,
    parameters: Parameters,
    options: CallOptions | undefined,
  ): Promise<TaskHandle> {
    const { uuid } = await operate(operation, parameters, options, task);
    return { uuid, wait: (waitOptions) => tasks.wait(uuid, waitOptions) };
  }

  return {
    info: (path, options) =>
      api.decoded({ method: 'GET', endpoint: 'path/info', id: path, ...options }, pathInfo(path)),

    async *list(path, { signal, page: first, ...options } = {}) {
      for (let page = first; ; ) {
        const parameters = { children: true, ...options, page };
        const answer = await api.decoded(
          { method: 'GET', endpoint: 'path/info', id: path, parameters, signal },
          pathInfo(path),
        );
        yield* answer.children ?? [];
        const current = answer.page ?? page ?? 1;
        if (current >= (answer.pages ?? 1)) return;
        page = current + 1;
      }
    },

    async upload(directory, file, { name = nameOf(file), type, fields, ...options } = {}) {
      assertFileName(name);
      const parameters = { ...fields, file: { name, data: file, type } };
      return api.decoded(
        { method: 'POST', endpoint: 'path/data', id: directory, parameters, ...options },
        uploadedInfo(joinPath(directory, name)),
      );
    },

    download: (path, { signal, offset, attachment } = {}) =>
      api.response({
        method: 'GET',
        endpoint: 'path/data',
        id: path,
        parameters: { download: attachment },
        headers: offset === undefined ? {} : { Range: `bytes=${offset}-` },
        signal,
      }),

    mkdir: (path, options) => operate('mkdir', { path }, options, madeInfo(path)),
    rename: (src, dst, options) => operate('rename', { src, dst }, options, madeInfo(dst)),
    move: (src, dst, options) => begin('move', { src, dst }, options),
    copy: (src, dst, options) => begin('copy', { src, dst }, options),
    remove: (path, options) => begin('remove', { path }, options),
  };
}

function assertFileName(name: string): void {
  if (/^\.{0,2}$|\//.test(name)) {
    throw new SmartFileConfigurationError(
      'The upload needs a file name without slashes: pass it as { name }.',
    );
  }
}
