import { Hono } from 'hono';
import type { Bindings, HttpContext } from './context.ts';
import { ApiError, toApiError } from './errors.ts';
import { fileRoutes } from './routes/files.ts';
import { shareRoutes } from './routes/shares.ts';
import { userRoutes } from './routes/users.ts';

/** JSON calls and pages. Bytes never come here, see listener.ts. */
export function createApp(context: HttpContext): Hono<Bindings> {
  const app = new Hono<Bindings>({ strict: false });
  const answer = (error: unknown) => errorResponse(toApiError(error, context.log));
  app.onError(answer);
  app.notFound(() => answer(new ApiError(404, 'there is nothing at this address')));
  app.route('/1/users', userRoutes(context));
  app.route('/1/shares', shareRoutes(context));
  app.route('/1/files', fileRoutes(context));
  return app;
}

function errorResponse({ status, message, headers }: ApiError): Response {
  return Response.json({ error: message }, { status, headers });
}
