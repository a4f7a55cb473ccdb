import { SourceChangedError } from '../http/call-errors.ts';
import { isGettError } from '../http/gett-error.ts';
import type { Body, StreamSource, UploadSource } from './types.ts';

const BINARY = 'application/octet-stream';

export function bodyOf(source: UploadSource, name: string | undefined): Body {
  const { size, type, name: given }: Partial<StreamSource> = 'size' in source ? source : {};
  let collected: Promise<Blob> | undefined;
  return {
    source,
    name: name ?? given ?? 'file',
    type: type || BINARY,
    size,
    start: 0,
    toEnd: true,
    get replayable() {
      return size !== undefined || collected !== undefined;
    },
    blob: () => (collected ??= collect(source).catch(unreadable)),
  };
}

/** Some bytes of a body, as a body. */
export function partOf(body: Body, start: number, end: number): Body {
  return {
    ...body,
    size: end - start,
    start,
    toEnd: end === body.size,
    blob: async () => (await body.blob()).slice(start, end, body.type),
  };
}

/** Tells a source that cannot be read from a network that fails. */
export function unreadable(cause: unknown): never {
  if (isGettError(cause)) throw cause;
  throw new SourceChangedError('The file has changed or can no longer be read.', { cause });
}

async function collect(source: UploadSource): Promise<Blob> {
  if (source instanceof Blob) return source;
  if (source instanceof ReadableStream) return new Response(source).blob();
  const parts: BlobPart[] = [];
  for await (const chunk of source.stream()) parts.push(new Uint8Array(chunk));
  return new Blob(parts, { type: source.type ?? '' });
}
