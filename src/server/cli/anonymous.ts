import type { AnonymousLimits } from '../accounts/anonymous.ts';
import { countOf } from './count.ts';
import { UsageError } from './usage-error.ts';

const DAY = 24 * 60 * 60 * 1000;
const DEFAULTS = {
  'anonymous-size': 100_000_000,
  'anonymous-files': 100,
  'anonymous-days': 7,
};

type Values = { anonymous?: boolean | undefined } & {
  [flag in keyof typeof DEFAULTS]?: string | undefined;
};

/** What `serve` is told of people without an account; `undefined` where they may not share. */
export function anonymousLimits(values: Values): AnonymousLimits | undefined {
  const count = (name: keyof typeof DEFAULTS) => countOf(name, values[name], DEFAULTS[name]);
  const given = Object.keys(DEFAULTS).find((name) => name in values);
  if (!values.anonymous) {
    if (given) throw new UsageError(`--${given} needs --anonymous as well.`);
    return undefined;
  }
  return {
    maxSize: count('anonymous-size'),
    filesPerHour: count('anonymous-files'),
    lifetime: count('anonymous-days') * DAY,
  };
}
