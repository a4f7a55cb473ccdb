import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  ChecksumMismatchError,
  LengthMismatchError,
  OffsetMismatchError,
  UploadTooLongError,
} from './errors.ts';
import type { Transfer } from './transfer.ts';

/** Some bytes of a file, to be appended to those that are there. */
export interface UploadPart {
  offset: number;
  /** Length of the whole file, where this part is the one that says it. */
  length?: number;
  body: Readable;
  bodyLength?: number;
  checksum?: { algorithm: string; digest: Buffer };
  /** The whole body, when it is short and there at once; asked for before it is read otherwise. */
  small?: () => Promise<Buffer | undefined>;
  /** Called when the part is allowed and before the first byte is read. */
  accepted(): void;
}

/**
 * Refuses a part that does not fit what is there: at least `durable` bytes, and `committed` ones if
 * nothing goes wrong.
 * @param known length of the whole file, where it has been told before
 * @returns the length of the whole file, where it is known now
 */
export function checkPart(
  { offset, length: told, bodyLength = 0 }: UploadPart,
  { durable, committed }: { durable: number; committed: number },
  known: number | undefined,
): number | undefined {
  if (offset < durable || offset > committed) throw new OffsetMismatchError(committed);
  const length = known ?? told;
  if (told !== undefined && (told !== length || told < committed)) throw new LengthMismatchError();
  if (length !== undefined && offset + bodyLength > length) throw new UploadTooLongError();
  return length;
}

/**
 * All bytes of a file, when the part brings them at once.
 * @param length of the whole file
 */
export async function wholeFile(
  { offset, bodyLength, checksum, small }: UploadPart,
  length: number | undefined,
): Promise<Buffer | undefined> {
  if (offset > 0 || bodyLength === undefined || bodyLength !== length) return undefined;
  const bytes = await small?.();
  if (bytes && checksum && !digest(checksum, bytes).equals(checksum.digest)) {
    throw new ChecksumMismatchError();
  }
  return bytes;
}

const digest = ({ algorithm }: { algorithm: string }, bytes: Buffer) =>
  createHash(algorithm).update(bytes).digest();

/** Bytes with a checksum are shown to nobody before they are found to be right. */
export async function storePart(
  transfer: Transfer,
  part: UploadPart,
  store: (body: Readable) => Promise<void>,
): Promise<void> {
  const { body, checksum } = part;
  part.accepted();
  if (!checksum) return store(body);
  const hash = createHash(checksum.algorithm);
  body.on('data', (chunk: Buffer) => hash.update(chunk));
  transfer.stage();
  await store(body);
  if (!hash.digest().equals(checksum.digest)) throw new ChecksumMismatchError();
  transfer.reveal();
}
