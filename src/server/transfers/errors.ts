/** Why an upload ends without success. The HTTP side turns each into its status. */
export abstract class UploadError extends Error {}

/** The file or its share has been removed. */
export class FileGoneError extends UploadError {
  override readonly name = 'FileGoneError';
}

/** The owner's storage does not hold these bytes. */
export class StorageLimitError extends UploadError {
  override readonly name = 'StorageLimitError';
}

/** The server's disk does not hold these bytes. */
export class StorageFullError extends UploadError {
  override readonly name = 'StorageFullError';
}

/** A newer upload of the same file has begun. */
export class UploadSupersededError extends UploadError {
  override readonly name = 'UploadSupersededError';
}

/** Fewer bytes came than were promised. */
export class UploadIncompleteError extends UploadError {
  override readonly name = 'UploadIncompleteError';
}

/** The server is stopping. */
export class ServerStoppingError extends UploadError {
  override readonly name = 'ServerStoppingError';
}

/** More bytes came than were promised. */
export class UploadTooLongError extends UploadError {
  override readonly name = 'UploadTooLongError';
}

/** The bytes are kept, but nobody sends more of them. */
export class UploadPausedError extends UploadError {
  override readonly name = 'UploadPausedError';
}

/** The client has dropped the upload. */
export class UploadTerminatedError extends UploadError {
  override readonly name = 'UploadTerminatedError';
}

/** The bytes are to be continued elsewhere than where they end. */
export class OffsetMismatchError extends UploadError {
  override readonly name = 'OffsetMismatchError';
  constructor(readonly offset: number) {
    super();
  }
}

/** The length was known already and is another, or less than what is there. */
export class LengthMismatchError extends UploadError {
  override readonly name = 'LengthMismatchError';
}

/** The bytes are not those that the client has added up. */
export class ChecksumMismatchError extends UploadError {
  override readonly name = 'ChecksumMismatchError';
}

/** The file is complete, so there is no upload to drop. */
export class UploadCompleteError extends UploadError {
  override readonly name = 'UploadCompleteError';
}
