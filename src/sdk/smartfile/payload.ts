import type { Body } from '../upload/types.ts';

/** The body of a request: text in hand, or files with what frames them. */
export type Payload = TextPayload | FilePayload;

export interface TextPayload {
  readonly kind: 'text';
  readonly contentType: string;
  readonly text: string;
}

export interface FilePayload {
  readonly kind: 'files';
  readonly contentType: string;
  /** Bytes in all; `undefined` with a stream of unknown length. */
  readonly size: number | undefined;
  /** Of these, bytes of files. */
  readonly fileSize: number | undefined;
  /** Whether it can be sent once more. */
  replayable(): boolean;
  blob(): Promise<Blob>;
  chunks(): AsyncIterable<Uint8Array>;
}

/** The pieces one after another. */
export function filePayload(
  pieces: readonly (Uint8Array<ArrayBuffer> | Body)[],
  contentType: string,
): FilePayload {
  const files = pieces.filter(isFile);
  const fileSize = sum(files.map(({ size }) => size));
  const size = sum(pieces.map((piece) => (isFile(piece) ? piece.size : piece.length)));
  return {
    kind: 'files',
    contentType,
    size,
    fileSize,
    replayable: () => files.every((file) => file.replayable),
    async blob() {
      const parts = pieces.map(async (piece) => (isFile(piece) ? await piece.blob() : piece));
      return new Blob(await Promise.all(parts), { type: contentType });
    },
    async *chunks() {
      for (const piece of pieces) {
        if (isFile(piece)) yield* piece.chunks();
        else yield piece;
      }
    },
  };
}

const isFile = (piece: Uint8Array | Body): piece is Body => !(piece instanceof Uint8Array);

function sum(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.reduce<number | undefined>(
    (total, size) => (total === undefined || size === undefined ? undefined : total + size),
    0,
  );
}
