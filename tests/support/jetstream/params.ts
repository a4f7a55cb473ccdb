import { CODES, Refusal } from './refusal.ts';

export type Params = Record<string, unknown>;

type Kind = 'string' | 'number' | 'boolean' | 'object' | 'strings';

/** Names and kinds of a method's parameters; a question mark makes one optional. */
export type ParamTable = Readonly<Record<string, Kind | `${Kind}?`>>;

const CHECKS: Record<Kind, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

/** Refuses unknown names, null, wrong kinds and gaps: a client must send exactly what is asked. */
export function checkParams(params: Params, table: ParamTable): void {
  for (const name of Object.keys(params)) {
    if (!(name in table)) throw new Refusal(CODES.invalidParams, `unknown parameter ${name}`);
  }
  for (const [name, kind] of Object.entries(table)) {
    if (!Object.hasOwn(params, name) && kind.endsWith('?')) continue;
    if (!CHECKS[kind.replace('?', '') as Kind](params[name])) {
      throw new Refusal(CODES.invalidParams, `${name} must be ${kind}`);
    }
  }
}
