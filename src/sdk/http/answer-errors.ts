import { GettError, type GettErrorDetails } from './gett-error.ts';

/** 400, and every other 4xx without a class of its own: the same call will never succeed. */
export class BadRequestError extends GettError {
  override readonly name = 'BadRequestError';
  readonly code = 'bad-request';
}

/** 401: the access token or the refresh token is no longer accepted. Sign in again. */
export class UnauthorizedError extends GettError {
  override readonly name = 'UnauthorizedError';
  readonly code = 'unauthorized';
}

/** 401 at sign-in: e-mail or password is not right. */
export class WrongCredentialsError extends GettError {
  override readonly name = 'WrongCredentialsError';
  readonly code = 'wrong-credentials';
}

/** 403: the share belongs to somebody else, or the upload URL is not signed for this. */
export class AccessDeniedError extends GettError {
  override readonly name = 'AccessDeniedError';
  readonly code = 'access-denied';
}

/** 404: no such share or file, or it has no bytes and nobody can supply them. */
export class NotFoundError extends GettError {
  override readonly name = 'NotFoundError';
  readonly code = 'not-found';
}

/** 413: the file does not fit into the owner's storage. */
export class StorageLimitError extends GettError {
  override readonly name = 'StorageLimitError';
  readonly code = 'storage-limit';
}

/** 415: a thumbnail or scaled picture of something that is no picture. */
export class NotAnImageError extends GettError {
  override readonly name = 'NotAnImageError';
  readonly code = 'not-an-image';
}

/** 429: too many calls; `retryAfter` says how long to wait. */
export class TooManyRequestsError extends GettError {
  override readonly name = 'TooManyRequestsError';
  readonly code = 'too-many-requests';
  override readonly retryable = true;
}

/** 5xx, and those 4xx that ask to try again: the service has a problem, or its state has changed. */
export class ServerError extends GettError {
  override readonly name = 'ServerError';
  readonly code = 'server';
  override readonly retryable = true;
}

/** The answer, or its status, is not what the API promises: probably not a Ge.tt service. */
export class InvalidAnswerError extends GettError {
  override readonly name = 'InvalidAnswerError';
  readonly code = 'invalid-answer';
}

type ErrorClass = new (message: string, details: GettErrorDetails) => GettError;

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: UnauthorizedError,
  403: AccessDeniedError,
  404: NotFoundError,
  413: StorageLimitError,
  415: NotAnImageError,
  429: TooManyRequestsError,
};

/** 409, 423 and 460 are of tus: another offset than the service's, a locked upload, a wrong checksum. */
const PASSING = [408, 409, 423, 425, 460];

/** The error for a status that is no success (spec section 1.3). */
export function errorForStatus(
  status: number,
  details: GettErrorDetails,
  message: string = `The server answered with status ${status}.`,
): GettError {
  const Class = BY_STATUS[status] ?? classOfRange(status);
  return new Class(message, { ...details, status });
}

function classOfRange(status: number): ErrorClass {
  if (status > 499 || PASSING.includes(status)) return ServerError;
  return status < 400 ? InvalidAnswerError : BadRequestError;
}
