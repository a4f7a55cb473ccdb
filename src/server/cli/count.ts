import { UsageError } from './usage-error.ts';

/** The number above zero that a flag was given; `otherwise` where it was not. */
export function countOf(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`--${flag} must be a whole number above zero, not "${text}".`);
}
