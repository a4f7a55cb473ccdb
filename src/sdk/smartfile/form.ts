import { percentEncode } from './address.ts';
import { SmartFileConfigurationError } from './errors.ts';
import { type FilePart, multipart } from './multipart.ts';
import type { Payload } from './payload.ts';

/** A value of a query or a form. */
export type ParameterValue = string | number | boolean;

/**
 * Parameters of a call, in the order they are sent. An array repeats its name. `true` is sent as
 * `true`; `false` and `undefined` are left out, because the service reads absence as no (spec
 * section 1.2). Files are for `post` and `put`; a `File` goes by its own name.
 */
export type Parameters = Readonly<
  Record<string, ParameterValue | FileValue | readonly (ParameterValue | FileValue)[] | undefined>
>;

type FileValue = Blob | FilePart;

interface Entries {
  values: [name: string, value: string][];
  files: [name: string, file: FilePart][];
}

function entriesOf(parameters: Parameters): Entries {
  const entries: Entries = { values: [], files: [] };
  for (const [name, given] of Object.entries(parameters)) {
    for (const value of isList(given) ? given : [given]) {
      if (value === undefined || value === false) continue;
      if (typeof value === 'object') entries.files.push([name, filePart(value)]);
      else entries.values.push([name, String(value)]);
    }
  }
  return entries;
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function filePart(value: FileValue): FilePart {
  return value instanceof Blob ? { data: value } : value;
}

/**
 * `application/x-www-form-urlencoded` as the reference client writes it: space as `+`, `~` left
 * alone, `*` escaped. `URLSearchParams` differs in the last two.
 */
function encode(values: Entries['values']): string {
  const escape = (text: string) => percentEncode(text).replaceAll('%20', '+');
  return values.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&');
}

/** The query of a GET with its `?`, or `''`. */
export function queryOf(parameters: Parameters): string {
  const { values, files } = entriesOf(parameters);
  if (files.length > 0) {
    throw new SmartFileConfigurationError('A file cannot be sent with GET: use post or put.');
  }
  return values.length > 0 ? `?${encode(values)}` : '';
}

/** The body of any other method; without parameters there is none. */
export function payloadOf(parameters: Parameters): Payload | undefined {
  const { values, files } = entriesOf(parameters);
  if (files.length > 0) return multipart(values, files);
  if (values.length === 0) return undefined;
  return { kind: 'text', contentType: 'application/x-www-form-urlencoded', text: encode(values) };
}
