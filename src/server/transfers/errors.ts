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
