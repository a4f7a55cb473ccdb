import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What becomes of one PATCH: a refusal, or some bytes are kept and no answer is given. */
export type TusFault = { refuse: number } | { keep: number; end: 'cut' | 'silence' };

export interface StrictTusServer {
  puturl: string;
  stored(): Buffer;
  /** Every request as `HEAD` or `PATCH offset`, and what was wrong with it by tus 1.0. */
  log: string[];
  stop(): Promise<void>;
}

/**
 * One tus 1.0 upload in memory that forgives nothing, and the faults of a bad network, in order.
 * @param length what the server was told at creation; left open by default
 */
export async function strictTusServer(
  faults: (TusFault | undefined)[] = [],
  length?: number,
): Promise<StrictTusServer> {
  let bytes = Buffer.alloc(0);
  let declared = length;
  let patches = 0;
  const log: string[] = [];

  const reply = (response: ServerResponse, status: number) => {
    response.writeHead(status, {
      'tus-resumable': '1.0.0',
      'cache-control': 'no-store',
      'upload-offset': String(bytes.length),
      ...(declared === undefined ? { 'upload-defer-length': '1' } : { 'upload-length': declared }),
    });
    response.end();
  };
  const refuse = (response: ServerResponse, status: number, why: string) => {
    log.push(`refused: ${why}`);
    reply(response, status);
  };

  const patch = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers } = request;
    log.push(`PATCH ${String(headers['upload-offset'])}`);
    const fault = faults[patches++];
    if (headers['content-type'] !== 'application/offset+octet-stream') {
      return refuse(response, 415, 'content type');
    }
    if (headers['upload-offset'] !== String(bytes.length)) return refuse(response, 409, 'offset');
    const announced = headers['upload-length'];
    if (typeof announced === 'string') {
      if (declared !== undefined) return refuse(response, 400, 'length said twice');
      declared = Number(announced);
    }
    if (declared === undefined) return refuse(response, 400, 'no length');
    if (fault && 'refuse' in fault) return reply(response, fault.refuse);
    const { keep = Number.POSITIVE_INFINITY, end } = fault ?? {};
    let seen = 0;
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a body is bytes');
      bytes = Buffer.concat([bytes, chunk.subarray(0, Math.max(0, keep - seen))]);
      seen += chunk.length;
      if (bytes.length > declared) return refuse(response, 413, 'more than announced');
      if (end === 'cut' && seen > keep) return request.socket.destroy();
    }
    if (!end) reply(response, 204);
  };

  const server = createServer((request, response) => {
    if (request.headers['tus-resumable'] !== '1.0.0') return refuse(response, 412, 'version');
    if (request.method === 'HEAD') {
      log.push('HEAD');
      return reply(response, 200);
    }
    if (request.method !== 'PATCH') return refuse(response, 405, `${request.method}`);
    patch(request, response).catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    puturl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/4Xq81Rb/film.mkv?sig=w-secret`,
    stored: () => bytes,
    log,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
