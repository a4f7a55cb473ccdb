import { Hono } from 'hono';
import { object, optional, string } from '../../../protocol/decoder.ts';
import { signInWithPassword, signInWithToken } from '../../accounts/sign-in.ts';
import type { Bindings, HttpContext } from '../context.ts';
import { ApiError, badRequest, invalidToken, wrongCredentials } from '../errors.ts';
import { readBody, requireIdentity } from '../input.ts';

const credentials = object({
  email: optional(string),
  password: optional(string),
  refreshtoken: optional(string),
  // Any value is fine, because it is no condition.
  apikey: optional((value) => (typeof value === 'string' ? value : undefined)),
});

export function userRoutes(context: HttpContext): Hono<Bindings> {
  const { signIn, throttle, sharing } = context;
  return new Hono<Bindings>()
    .post('/login', async (c) => {
      const { email, password, refreshtoken, apikey } = await readBody(c, credentials);
      if (refreshtoken !== undefined) {
        const login = await signInWithToken(signIn, refreshtoken);
        if (!login) throw invalidToken();
        return c.json(login);
      }
      if (email === undefined || password === undefined) {
        throw badRequest('give email and password, or refreshtoken');
      }
      const key = `${c.env.incoming.socket.remoteAddress} ${email.trim().toLowerCase()}`;
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
    .get('/me', async (c) => {
      const { user } = await requireIdentity(context, c);
      return c.json(await sharing.viewUser(user));
    });
}
