import { GettError, type GettErrorCode, type GettErrorDetails } from '../http/gett-error.ts';

/** Base of every error of this client. An aborted call rejects with the signal's own `reason`. */
export class SmartFileError extends GettError {
  override readonly name: string = 'SmartFileError';
  /** The cause in one word that programs can compare. */
  readonly code: GettErrorCode;

  constructor(message: string, code: GettErrorCode, details?: GettErrorDetails) {
    super(message, details);
    this.code = code;
  }
}

/** What the caller gave cannot be used. Nothing was sent. */
export class SmartFileConfigurationError extends SmartFileError {
  override readonly name = 'SmartFileConfigurationError';

  constructor(message: string) {
    super(message, 'bad-request');
  }
}

export interface RequestErrorDetails extends GettErrorDetails {
  attempts: number;
}

/**
 * The call got no answer of use: the network failed (`network`, see `cause`), or the service
 * throttled every attempt (`too-many-requests`, see `retryAfter`).
 */
export class SmartFileRequestError extends SmartFileError {
  override readonly name = 'SmartFileRequestError';
  override readonly retryable = true;
  /** Requests that were sent. */
  declare readonly attempts: number;

  // oxlint-disable-next-line no-useless-constructor -- narrows what its base takes
  constructor(
    message: string,
    code: 'network' | 'too-many-requests',
    details: RequestErrorDetails,
  ) {
    super(message, code, details);
  }
}

/** Messages per field of a form, for example `{ username: ['This field is required.'] }`. */
export type FieldErrors = Record<string, string[]>;

export interface ResponseErrorDetails extends GettErrorDetails {
  status: number;
  detail: string;
  headers: Headers;
  fieldErrors?: FieldErrors | undefined;
}

const codeByStatus: Readonly<Record<number, GettErrorCode>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'access-denied',
  404: 'not-found',
  413: 'storage-limit',
  429: 'too-many-requests',
};

/**
 * The service refused (status 400 and above), or its answer is not what the call promises
 * (`invalid-answer`), such as a refusal that came as 200 and tells no status. `body` is the parsed
 * JSON, or the text when it was none; `retryAfter` is there when the service throttled and the call
 * was not repeated.
 */
export class SmartFileResponseError extends SmartFileError {
  override readonly name = 'SmartFileResponseError';
  /** HTTP status, or the `status` that a refusal that came as 200 tells (spec section 5). */
  declare readonly status: number;
  /** The service's own words when it gave any (spec section 7). */
  declare readonly detail: string;
  /** What was wrong with which parameter; only of a refusal with status 400 that says it. */
  declare readonly fieldErrors: FieldErrors | undefined;
  /** Of the answer. */
  declare readonly headers: Headers;

  constructor(details: ResponseErrorDetails) {
    const { status, detail, endpoint } = details;
    const code = status < 400 ? 'invalid-answer' : (codeByStatus[status] ?? 'server');
    super(`SmartFile answered ${status} to ${endpoint}: ${detail}`, code, details);
  }
}

/** Why a task did not end well; `timeout` says nothing about the task, it may still be running. */
export type TaskFailure = 'failed' | 'partial' | 'timeout' | 'unexpected';

const codeByFailure: Readonly<Record<TaskFailure, GettErrorCode>> = {
  failed: 'server',
  partial: 'server',
  timeout: 'timeout',
  unexpected: 'invalid-answer',
};

/** A long operation failed, wholly or for some paths, or did not end in time (spec section 6). */
export class SmartFileTaskError extends SmartFileError {
  override readonly name = 'SmartFileTaskError';
  /** Of the task, to look at it later. */
  readonly uuid: string;
  /** Whether it failed, failed in parts, is not over yet, or said something unknown. */
  readonly reason: TaskFailure;
  /** Path to message. Empty when the service named none. */
  readonly errors: Record<string, string>;

  constructor(
    message: string,
    task: { uuid: string; reason: TaskFailure; errors?: Record<string, string> },
  ) {
    super(message, codeByFailure[task.reason]);
    this.uuid = task.uuid;
    this.reason = task.reason;
    this.errors = task.errors ?? {};
  }
}
