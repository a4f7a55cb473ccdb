import { Hono } from 'hono';
import { boolean, object, optional, string } from '../../../protocol/decoder.ts';
import type { GettAnonymous } from '../../../protocol/shapes.ts';
import { signInAs, signInWithPassword, signInWithToken } from '../../accounts/sign-in.ts';
import { addressOf } from '../address.ts';
import { requireAnonymous, takeFrom } from '../anonymous.ts';
import type { Bindings, HttpContext } from '../context.ts';
import { ApiError, badRequest, invalidToken, wrongCredentials } from '../errors.ts';
import { readBody, requireIdentity } from '../input.ts';

const credentials = object({
  email: optional(string),
  password: optional(string),
  refreshtoken: optional(string),
  anonymous: optional(boolean),
  // Any value is fine, because it is no condition.
  apikey: optional((value) => (typeof value === 'string' ? value : undefined)),
});

export function userRoutes(context: HttpContext): Hono<Bindings> {
  const { signIn, throttle, sharing, anonymous } = context;
  return new Hono<Bindings>()
    .post('/login', async (c) => {
      const body = await readBody(c, credentials);
      const { email, password, refreshtoken, apikey } = body;
      if (body.anonymous) {
        const limits = requireAnonymous(context);
        takeFrom(context, c, 'sign-in');
        return c.json(await signInAs(signIn, await anonymous.signIn(limits)));
      }
      if (refreshtoken !== undefined) {
        const login = await signInWithToken(signIn, refreshtoken);
        if (!login) throw invalidToken();
        return c.json(login);
      }
      if (email === undefined || password === undefined) {
        throw badRequest('give email and password, or refreshtoken');
      }
      const key = `${addressOf(c.env.incoming, context)} ${email.trim().toLowerCase()}`;
      const wait = throttle.attempt(key);
      if (wait !== undefined) {
        throw new ApiError(429, `too many failed sign-ins; try again in ${wait} seconds`, {
          'Retry-After': String(wait),
        });
      }
      const login = await signInWithPassword(signIn, { email, password, apikey });
      if (!login) throw wrongCredentials();
      throttle.succeeded(key);
      return c.json(login);
    })
    .get('/anonymous', (c) => {
      const { limits } = anonymous;
      const answer: GettAnonymous = limits
        ? {
            allowed: true,
            maxsize: limits.maxSize,
            filesperhour: limits.filesPerHour,
            lifetime: Math.floor(limits.lifetime / 1000),
          }
        : { allowed: false };
      return c.json(answer);
    })
    .get('/me', async (c) => {
      const { user } = await requireIdentity(context, c);
      return c.json(await sharing.viewUser(user));
    });
}
