import type { Context } from 'hono';
import type { AnonymousLimits, Taking } from '../accounts/anonymous.ts';
import type { UserRecord } from '../metadata/store.ts';
import { addressOf } from './address.ts';
import type { Bindings, HttpContext } from './context.ts';
import { ApiError } from './errors.ts';

export function requireAnonymous({ anonymous: { limits } }: HttpContext): AnonymousLimits {
  if (limits) return limits;
  throw new ApiError(403, 'sharing without an account is not allowed on this server; sign in');
}

/** Counts what comes from an address, and refuses what is too much for an hour. */
export function takeFrom(
  context: HttpContext,
  c: Context<Bindings>,
  what: Taking,
  count = 1,
): void {
  const { anonymous } = context;
  const { filesPerHour } = requireAnonymous(context);
  const most = `without an account ${filesPerHour} files an hour may be shared`;
  if (count > filesPerHour) throw new ApiError(413, `${most}; sign in for more`);
  const wait = anonymous.take(addressOf(c.env.incoming, context), what, count);
  if (wait === undefined) return;
  const minutes = Math.ceil(wait / 60);
  throw new ApiError(429, `${most}; sign in, or try again in ${minutes} minutes`, {
    'Retry-After': String(wait),
  });
}

/** Does so where the user has no account. */
export function takeAnonymously(
  context: HttpContext,
  c: Context<Bindings>,
  user: UserRecord,
  what: Taking,
  count = 1,
): void {
  if (user.anonymous) takeFrom(context, c, what, count);
}
