import type { GettUpload } from '../../protocol/shapes.ts';
import type { Clock } from '../http/clock.ts';

/** Bytes that can be read as often as an upload is tried. */
export interface StreamSource {
  /** In bytes; what `stream` gives must be exactly as long. */
  readonly size: number;
  readonly name?: string;
  /** Media type. */
  readonly type?: string;
  /** Called once for each try, in browsers once at all. */
  stream(): AsyncIterable<Uint8Array>;
  /** The same bytes from `start` on; without it, resuming reads and drops what is stored already. */
  streamFrom?(start: number): AsyncIterable<Uint8Array>;
}

/**
 * What can be sent. A bare stream is sent once and not tried again; in browsers it is collected
 * into a Blob first, because they cannot send it as it arrives.
 */
export type UploadSource = Blob | StreamSource | ReadableStream<Uint8Array>;

/**
 * `sending`: bytes are leaving. `finishing`: all have left, the service has not answered yet (some
 * are still in the network's buffers). `done`: stored.
 */
export type UploadPhase = 'sending' | 'finishing' | 'done';

/** How far an upload is. */
export interface UploadProgress {
  phase: UploadPhase;
  /** Bytes handed to the network. Begins again with each try, at 0 or at `resumedFrom`. */
  sent: number;
  /** Bytes that the service had kept when a resumable try began; the try goes on from there. */
  resumedFrom?: number;
  /** Bytes of the file; `undefined` for a bare stream. */
  total: number | undefined;
  /** 1 for the first try. */
  attempt: number;
}

/** How a file is sent. */
export interface UploadOptions {
  /**
   * `post` (multipart), `put` (the bare bytes), or `resumable`: after a failure only what the service
   * does not have yet is sent. By default `resumable` for 8 MiB and more, else `post`. A service that
   * does not offer it, and a bare stream, get `post` instead.
   */
  method?: 'post' | 'put' | 'resumable';
  /** Bytes from which `resumable` is the default; 8 MiB. */
  resumableFrom?: number;
  /**
   * Bytes of one request of a resumable upload. By default all that is left; 8 MiB in service workers,
   * which learn of progress only by answers.
   */
  chunkSize?: number;
  /**
   * Awaited before each request of a resumable upload, with the bytes that it will send; the `start`
   * of the first is what the service has. What it throws ends the try.
   */
  beforePart?: (part: { start: number; end: number }) => Promise<void>;
  /** Called about ten times a second, and once with `done`. */
  onProgress?: (progress: UploadProgress) => void;
  /** Ends the upload; it rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds without any byte moving until a try is given up; 60,000 by default. Bytes that move
   * unseen, in the network's buffers and in service workers, get time to do so at 32 KiB/s.
   */
  stallTimeout?: number;
  /** Further tries after failures that may pass, 4 by default. */
  retries?: number;
  /** File name in the multipart body; services ignore it. */
  name?: string;
  /** How bytes travel; the best one of the environment by default. */
  transport?: Transport;
  clock?: Clock;
}

/** Sends one file to its upload URLs. */
export type Uploader = (
  target: GettUpload,
  source: UploadSource,
  options?: UploadOptions,
) => Promise<void>;

/** Bytes of one request: a source, or a part of it. */
export interface Body {
  readonly source: UploadSource;
  /** Of the file. */
  readonly name: string;
  readonly type: string;
  /** In bytes; `undefined` for a bare stream. */
  readonly size: number | undefined;
  /** Where the part begins in the source. */
  readonly start: number;
  /** It ends where the source ends, which is read to its end: there it notices that it has changed. */
  readonly toEnd: boolean;
  /** Whether it can be sent once more. */
  readonly replayable: boolean;
  /** The bytes as one Blob; a stream is collected for it, once. */
  blob(): Promise<Blob>;
}

/** One request of an upload. */
export interface TransportRequest {
  /** `POST` sends a form, `PUT` and `PATCH` the bare bytes. */
  method: 'POST' | 'PUT' | 'PATCH' | 'HEAD';
  url: string;
  headers?: Record<string, string>;
  /** Absent for `HEAD`. */
  body?: Body;
  signal: AbortSignal;
  /** Bytes of the body that have been handed to the network. */
  onSent: (bytes: number) => void;
  /** All bytes have been handed to the network. */
  onFinishing: () => void;
}

/** The answer to one request. */
export interface TransportAnswer {
  status: number;
  text: string;
  /** Browsers complain on the console about a header that CORS does not expose: ask when needed. */
  header: (name: string) => string | null;
}

/** Makes one request. Rejects when there was no answer. */
export interface Transport {
  /** Resolves with the answer, whatever its status. */
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** Without progress a stalled upload looks like a slow one: the whole file's time is waited for. */
  readonly reportsProgress: boolean;
}
