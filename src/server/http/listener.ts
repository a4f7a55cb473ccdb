import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { handleBytes } from './bytes.ts';
import type { HttpContext } from './context.ts';
import { ApiError, toApiError } from './errors.ts';
import { handleBlob, handleZip } from './files.ts';
import { allowOrigins, answerPreflight, guardBody, refuse } from './raw.ts';
import { answerTusOptions, handleTus, isTus } from './tus.ts';
import { handleUpload } from './upload.ts';

export type Listener = (req: IncomingMessage, res: ServerResponse) => void;

export interface Listeners {
  request: Listener;
  /** For requests with `Expect: 100-continue`: nothing of the body has been sent yet. */
  checkContinue: Listener;
}

/**
 * Takes every request. Whatever moves bytes is answered here, on the sockets themselves: through
 * the web streams of a framework a third of the throughput is lost. JSON and pages go to Hono.
 */
export function createListeners(context: HttpContext): Listeners {
  const toHono = getRequestListener(createApp(context).fetch, { overrideGlobalObjects: false });

  const handle = (req: IncomingMessage, res: ServerResponse, waits: boolean) => {
    logAccess(context, req, res);
    allowOrigins(res);
    if (context.stopping.aborted) res.setHeader('Connection', 'close');
    const url = parseTarget(req);
    if (req.method === 'OPTIONS' && !isBytes(url)) return answerPreflight(res);
    const route = byteRoute(context, { req, res, url, waits });
    if (route) {
      route.catch((error: unknown) => onError(context, req, res, error));
      return;
    }
    if (waits) res.writeContinue();
    if (req.method === 'POST') guardBody(req, context.stallTimeout);
    req.url = url.pathname + url.search;
    // Nothing here depends on the host, and old clients send none.
    req.headers.host = url.host;
    void toHono(req, res);
  };
  return {
    request: (req, res) => handle(req, res, false),
    checkContinue: (req, res) => handle(req, res, true),
  };
}

interface ByteRequest {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  waits: boolean;
}

/** The address of bytes, to be read or written. */
const isBytes = ({ pathname }: URL) => pathname === '/blobs' || pathname.startsWith('/blobs/');

/** `undefined` when the request is not about bytes. */
function byteRoute(context: HttpContext, request: ByteRequest): Promise<void> | undefined {
  const { req, res, url, waits } = request;
  const reading = req.method === 'GET' || req.method === 'HEAD';
  if (isBytes(url)) {
    const signature = url.searchParams.get('sig');
    if (req.method === 'OPTIONS') return answerTusOptions(context, res, signature);
    if (isTus(context, req, signature)) return handleTus(context, { req, res, signature, waits });
    if (reading) return handleBytes(context, { req, res, query: url.searchParams });
    if (req.method === 'PUT' || req.method === 'POST') {
      return handleUpload(context, { req, res, signature, waits });
    }
    return Promise.reject(
      new ApiError(405, 'use PUT, POST or GET here', {
        Allow: 'GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS',
      }),
    );
  }
  if (!reading) return undefined;
  const blob = /^\/1\/files\/([^/]+)\/([^/]+)\/blob(?:\/([^/]+))?\/?$/.exec(url.pathname);
  if (blob) {
    const [, sharename = '', fileid = '', rendition] = blob;
    return handleBlob(context, { req, res, query: url.searchParams, sharename, fileid, rendition });
  }
  const zip = /^\/1\/shares\/([^/]+)\/zip\/?$/.exec(url.pathname);
  return zip ? handleZip(context, { req, res, sharename: zip[1] ?? '' }) : undefined;
}

/** `/api/1` is another name of `/1` (spec section 0.3). */
function parseTarget(req: IncomingMessage): URL {
  const target = req.url ?? '/';
  const url = URL.canParse(target, 'http://server')
    ? new URL(target, 'http://server')
    : new URL('http://server/');
  url.pathname = url.pathname.replace(/^\/api(?=\/1(\/|$))/, '');
  return url;
}

function onError(
  context: HttpContext,
  req: IncomingMessage,
  res: ServerResponse,
  error: unknown,
): void {
  if (res.destroyed || res.headersSent) {
    // Nobody is left to answer: the other side has gone, or the bytes ended early.
    context.log.debug({ err: error }, 'the answer was cut off');
    res.destroy();
    return;
  }
  refuse(req, res, toApiError(error, context.log));
}

/** One line for each request, without its query: tokens and signatures are there. */
function logAccess({ log }: HttpContext, req: IncomingMessage, res: ServerResponse): void {
  const start = performance.now();
  const path = (req.url ?? '').replace(/[?#].*$/s, '');
  res.once('close', () => {
    log.info(
      {
        method: req.method,
        path,
        status: res.statusCode,
        complete: res.writableFinished,
        ms: Math.round(performance.now() - start),
      },
      'request',
    );
  });
}
