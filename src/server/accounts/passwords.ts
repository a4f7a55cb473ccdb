import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';

/** A hash of nothing anybody knows, so that an unknown address takes as long as a wrong password. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$XRC88JbYn/GTLim7Il6JYw$PT4gpY+EdlHP0hIs3loRo7zrAdJVmXPxThbJFBA3NeA';
/** More sign-ins than this waiting for a core are refused. */
const MAX_WAITING = 200;

/** Too many passwords are being checked; try again in a moment. */
export class PasswordsBusyError extends Error {
  override readonly name = 'PasswordsBusyError';
}

let free = availableParallelism();
const waiting: (() => void)[] = [];

/** Argon2id (19 MiB, two passes), as many at once as there are cores: each takes one whole. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else {
    if (waiting.length >= MAX_WAITING) throw new PasswordsBusyError();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password));
}

/** Takes the same time whether there is a hash to compare with or not. */
export async function checkPassword(
  password: string,
  passwordHash: string | undefined,
): Promise<boolean> {
  const same = await bounded(() => verify(passwordHash ?? DECOY, password));
  return same && passwordHash !== undefined;
}
