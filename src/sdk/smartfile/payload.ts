import type { UploadSource } from '../upload/types.ts';

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
  /** Bytes of files; `NaN` with a stream of unknown length. */
  readonly fileSize: number;
  /** Bytes of everything else. */
  readonly frame: number;
  /** Whether it can be sent once more. */
  replayable(): boolean;
  /** All of it at once; streams are read the first time only. */
  blob(): Promise<Blob>;
  readonly pieces: readonly Piece[];
}

export type Piece = Uint8Array<ArrayBuffer> | UploadSource;

/** The pieces one after another. */
export function filePayload(pieces: readonly Piece[], contentType: string): FilePayload {
  let whole: Promise<Blob> | undefined;
  const sum = (sizeOf: (piece: Piece) => number) =>
    pieces.reduce((total, piece) => total + sizeOf(piece), 0);
  return {
    kind: 'files',
    contentType,
    fileSize: sum((piece) =>
      piece instanceof Uint8Array ? 0 : 'size' in piece ? piece.size : Number.NaN,
    ),
    frame: sum((piece) => (piece instanceof Uint8Array ? piece.length : 0)),
    replayable: () => !!whole || !pieces.some((piece) => piece instanceof ReadableStream),
    blob: () =>
      (whole ??= Promise.all(pieces.map(inHand)).then(
        (parts) => new Blob(parts, { type: contentType }),
      )),
    pieces,
  };
}

async function inHand(piece: Piece): Promise<BlobPart> {
  if (piece instanceof Uint8Array || piece instanceof Blob) return piece;
  if (piece instanceof ReadableStream) return new Response(piece).blob();
  const parts: BlobPart[] = [];
  for await (const chunk of piece.stream()) parts.push(new Uint8Array(chunk));
  return new Blob(parts);
}
