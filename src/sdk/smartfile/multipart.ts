import type { UploadSource } from '../upload/types.ts';
import { type FilePayload, filePayload } from './payload.ts';
import { randomHex } from './random.ts';

/** A file for a form. */
export interface FilePart {
  data: UploadSource;
  /** File name, as the service will store it. Default: the file's own, or `file`. */
  name?: string | undefined;
  /** Media type. Default: the file's own, or `application/octet-stream`. */
  type?: string | undefined;
}

/**
 * `multipart/form-data` with the plain values first, then the files (spec section 1.2). Written
 * here because `FormData` takes no streams and does not tell its length.
 */
export function multipart(
  values: readonly (readonly [name: string, value: string])[],
  files: readonly (readonly [name: string, file: FilePart])[],
): FilePayload {
  const boundary = `----SmartFile${randomHex(16)}`;
  const utf8 = new TextEncoder();
  const head = (...lines: string[]) =>
    utf8.encode([`--${boundary}`, ...lines, '', ''].join('\r\n'));
  const named = (name: string) => `Content-Disposition: form-data; name="${quoted(name)}"`;
  const lineEnd = utf8.encode('\r\n');
  const pieces: (Uint8Array<ArrayBuffer> | UploadSource)[] = [
    ...values.flatMap(([name, value]) => [head(named(name)), utf8.encode(value), lineEnd]),
    ...files.flatMap(([name, { data, name: filename = nameOf(data), type = typeOf(data) }]) => [
      head(
        `${named(name)}; filename="${quoted(filename || 'file')}"`,
        `Content-Type: ${quoted(type || 'application/octet-stream')}`,
      ),
      data,
      lineEnd,
    ]),
    utf8.encode(`--${boundary}--\r\n`),
  ];
  return filePayload(pieces, `multipart/form-data; boundary=${boundary}`);
}

/** As browsers write names, so that none breaks out of its line: https://html.spec.whatwg.org/#multipart-form-data */
function quoted(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

/** A file's own name, or `''`. */
export function nameOf(source: UploadSource): string {
  return ('name' in source && source.name) || '';
}

function typeOf(source: UploadSource): string {
  return ('type' in source && source.type) || '';
}
