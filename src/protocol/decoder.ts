/**
 * Small decoders for foreign data. Each takes an unknown value and the path at which it was
 * found, and gives back a typed value or throws {@link DecodeError}. Unknown keys are ignored.
 */

/** A value that does not have the promised shape. The message names the place, never the value. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  constructor(
    /** Where in the document, for example `share.files[2].size`. */
    readonly path: string,
    /** What should have been there, for example `a number`. */
    readonly expected: string,
  ) {
    super(`${path} must be ${expected}`);
  }
}

export type Decoder<T> = (value: unknown, path: string) => T;

/* @__NO_SIDE_EFFECTS__ */
function kind<T>(type: 'string' | 'boolean' | 'number'): Decoder<T> {
  return (value, path) => {
    if (typeof value === type) return value as T;
    throw new DecodeError(path, `a ${type}`);
  };
}

export const string: Decoder<string> = kind('string');

export const boolean: Decoder<boolean> = kind('boolean');

const plainNumber = kind<number>('number');

/** A finite number; decimal text is accepted too, because some servers write numbers so. */
export const number: Decoder<number> = (value, path) => {
  const n = plainNumber(typeof value === 'string' && value.trim() ? Number(value) : value, path);
  return Number.isFinite(n) ? n : plainNumber('', path);
};

/** Text; a number is turned into its decimal text (two old clients wrote ids as integers). */
export const id: Decoder<string> = (value, path) =>
  string(typeof value === 'number' ? String(value) : value, path);

/* @__NO_SIDE_EFFECTS__ */
export function array<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new DecodeError(path, 'an array');
    return value.map((entry: unknown, i) => item(entry, `${path}[${i}]`));
  };
}

/** Gives `fallback` for a missing value and for `null`. */
/* @__NO_SIDE_EFFECTS__ */
export function withDefault<T>(inner: Decoder<T>, fallback: T): Decoder<T> {
  return (value, path) => (value === undefined || value === null ? fallback : inner(value, path));
}

/** Marks a field that is left out of the result when it is missing or `null`. */
export interface OptionalField<T> {
  readonly optional: Decoder<T>;
}

/* @__NO_SIDE_EFFECTS__ */
export function optional<T>(inner: Decoder<T>): OptionalField<T> {
  return { optional: inner };
}

type Field = Decoder<unknown> | OptionalField<unknown>;

type OptionalKeys<S> = {
  [K in keyof S]: S[K] extends OptionalField<unknown> ? K : never;
}[keyof S];

type FieldType<F> = F extends OptionalField<infer T> ? T : F extends Decoder<infer T> ? T : never;

/** The type that {@link object} gives back for a table of fields. */
export type Decoded<S> = { [K in Exclude<keyof S, OptionalKeys<S>>]: FieldType<S[K]> } & {
  [K in OptionalKeys<S>]?: FieldType<S[K]>;
};

/* @__NO_SIDE_EFFECTS__ */
export function object<S extends Record<string, Field>>(fields: S): Decoder<Decoded<S>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new DecodeError(path, 'an object');
    }
    const source = value as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) {
      const at = `${path}.${key}`;
      const entry = Object.hasOwn(source, key) ? source[key] : undefined;
      if (typeof field === 'function') result[key] = field(entry, at);
      else if (entry !== undefined && entry !== null) result[key] = field.optional(entry, at);
    }
    return result as Decoded<S>;
  };
}
