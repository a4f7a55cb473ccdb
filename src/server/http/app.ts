import { Hono } from 'hono';
import { createPages } from '../pages/pages.ts';
import type { Bindings, HttpContext } from './context.ts';
import { ApiError, toApiError } from './errors.ts';
import { pagesDeps } from './pages.ts';
import { fileRoutes } from './routes/files.ts';
import { shareRoutes } from './routes/shares.ts';
import { userRoutes } from './routes/users.ts';

/** JSON calls and pages. Bytes never come here, see listener.ts. */
export function createApp(context: HttpContext): Hono<Bindings> {
  const app = new Hono<Bindings>({ strict: false });
  const answer = (error: unknown) => errorResponse(toApiError(error, context.log));
  app.onError(answer);
  const nothing = () => answer(new ApiError(404, 'there is nothing at this address'));
  app.notFound(nothing);
  app.route('/1/users', userRoutes(context));
  app.route('/1/shares', shareRoutes(context));
  app.route('/1/files', fileRoutes(context));
  app.all('/1/*', nothing);
  app.route('/', createPages(pagesDeps(context)));
  return app;
}

function errorResponse({ status, message, headers }: ApiError): Response {
  return Response.json({ error: message }, { status, headers });
}
