import type { FileHandle } from 'node:fs/promises';

export function lengthOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

/** `writev` may write less than it was given, for example on a disk that is just getting full. */
export async function writeAll(
  handle: Pick<FileHandle, 'writev'>,
  buffers: readonly Buffer[],
  position: number,
): Promise<void> {
  let left = buffers.filter((buffer) => buffer.length > 0);
  let at = position;
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev(left, at);
    at += bytesWritten;
    left = skip(left, bytesWritten);
  }
}

/** What is left after so many bytes. */
export function skip(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let toSkip = bytes;
  return buffers.flatMap((buffer) => {
    const here = Math.min(toSkip, buffer.length);
    toSkip -= here;
    return here === buffer.length ? [] : [buffer.subarray(here)];
  });
}

/** The beginning, so many bytes. */
export function first(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  return buffers.flatMap((buffer) => {
    const here = Math.min(left, buffer.length);
    left -= here;
    return here === 0 ? [] : [buffer.subarray(0, here)];
  });
}
