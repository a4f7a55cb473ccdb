import type { Logger } from 'pino';
import { PasswordsBusyError } from '../accounts/passwords.ts';
import { BlobMissingError } from '../blobs/blob-store.ts';
import { errorCode } from '../errors.ts';
import { SQLITE_FULL, sqliteCode } from '../metadata/sqlite.ts';
import {
  ChecksumMismatchError,
  FileGoneError,
  LengthMismatchError,
  OffsetMismatchError,
  ServerStoppingError,
  StorageFullError,
  StorageLimitError,
  UploadCompleteError,
  UploadIncompleteError,
  UploadTooLongError,
} from '../transfers/errors.ts';

/** An answer other than success: its status and the sentence under the key `error`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

// Texts of spec section 1.3.
export const invalidToken = () => new ApiError(401, 'accesstoken is invalid');
export const wrongCredentials = () => new ApiError(401, 'Wrong email or password');
export const accessDenied = () => new ApiError(403, 'access denied');
export const invalidSignature = () => new ApiError(403, 'invalid signature');
export const shareNotFound = () => new ApiError(404, 'share not found');
export const fileNotFound = () => new ApiError(404, 'file not found');
export const notAnImage = () => new ApiError(415, 'not an image');
export const storageLimitExceeded = () => new ApiError(413, 'storage limit exceeded');
export const badRequest = (message: string) => new ApiError(400, message);

const diskFull = (cause: unknown) =>
  new ApiError(507, 'the disk of the server is full; try again later', {}, { cause });
const busy = (cause: unknown) =>
  new ApiError(503, 'the server is busy; try again in a moment', { 'Retry-After': '2' }, { cause });

/** The answer to any error. One that nobody foresaw is logged and hidden behind status 500. */
export function toApiError(error: unknown, log: Logger): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof FileGoneError) return fileNotFound();
  if (error instanceof StorageLimitError) return storageLimitExceeded();
  if (error instanceof StorageFullError) return diskFull(error);
  if (error instanceof UploadTooLongError) {
    return new ApiError(413, 'more bytes than announced; the file has no room for them');
  }
  if (error instanceof OffsetMismatchError) {
    const offset = String(error.offset);
    return new ApiError(409, `go on at offset ${offset}`, { 'Upload-Offset': offset });
  }
  if (error instanceof LengthMismatchError) {
    return badRequest('Upload-Length is not the length of this upload; ask for it with HEAD');
  }
  if (error instanceof ChecksumMismatchError) {
    return new ApiError(460, 'checksum mismatch; send these bytes again');
  }
  if (error instanceof UploadCompleteError) {
    return new ApiError(409, 'the file is complete; destroy it instead');
  }
  if (error instanceof UploadIncompleteError) {
    return badRequest('the upload ended early; send the whole file');
  }
  if (error instanceof ServerStoppingError || error instanceof PasswordsBusyError) {
    return busy(error);
  }
  if (error instanceof BlobMissingError) {
    log.error({ err: error }, 'stored bytes are missing');
    return fileNotFound();
  }
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || sqliteCode(error) === SQLITE_FULL) {
    log.error({ err: error }, 'the disk is full');
    return diskFull(error);
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    log.error({ err: error }, 'no file descriptors left');
    return busy(error);
  }
  log.error({ err: error }, 'request failed');
  return new ApiError(
    500,
    'the server met an unexpected problem; try again later',
    {},
    { cause: error },
  );
}
