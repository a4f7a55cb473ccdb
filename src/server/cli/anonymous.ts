import type { AnonymousLimits } from '../accounts/anonymous.ts';
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
  const given = Object.keys(DEFAULTS).find((name) => name in values);
  if (!values.anonymous) {
    if (given) throw new UsageError(`--${given} needs --anonymous as well.`);
    return undefined;
  }
  return {
    maxSize: positive(values, 'anonymous-size'),
    filesPerHour: positive(values, 'anonymous-files'),
    lifetime: positive(values, 'anonymous-days') * DAY,
  };
}

function positive(values: Values, name: keyof typeof DEFAULTS): number {
  const text = values[name];
  const number = text === undefined ? DEFAULTS[name] : Number(text);
  if (Number.isSafeInteger(number) && number > 0 && (text === undefined || /^\d+$/.test(text))) {
    return number;
  }
  throw new UsageError(`--${name} must be a whole number above zero, not "${text}".`);
}
