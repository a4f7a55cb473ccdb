import type { Readable } from 'node:stream';

/** Where the bytes of a file come from, in one piece. */
export interface UploadSource {
  body: Readable;
  /** Length of the body, when the client has declared it; bytes. */
  declaredSize?: number;
  /** Called when the upload is allowed and before the first byte is read. */
  accepted?(): void;
  /** The whole body, when it is short and there at once; asked for before it is read otherwise. */
  small?(): Promise<Buffer | undefined>;
  /** More that has to go well before the bytes may count; it is awaited after the body. */
  whole?: Promise<void>;
}
