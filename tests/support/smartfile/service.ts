import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { OAuthToken } from '../../../src/sdk/smartfile/index.ts';
import { type ApiAnswer, ApiState, answerApi } from './api.ts';
import { Files, Refusal } from './files.ts';
import { type Listening, listen, readAll } from './http.ts';
import { OAuthProvider } from './oauth-provider.ts';

const key = 'TestKeyTestKeyTestKeyTestKeyTest';
const password = 'TestPwdTestPwdTestPwdTestPwdTest';
const account = { username: 'boba@example.com', password: 'an account password' };
const client: OAuthToken = { token: 'test-client', secret: 'test client & secret' };

interface Scripted {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

export interface SmartFileService extends Listening {
  readonly credentials: { key: string; password: string };
  readonly account: { username: string; password: string };
  readonly client: OAuthToken;
  readonly files: Files;
  readonly state: ApiState;
  /** `METHOD target` of every request, in order. */
  readonly log: string[];
  /** Pages and scripts of the same origin, by path. */
  readonly pages: Map<string, { type: string; body: string | Buffer }>;
  /** Every access token is refused from now on. */
  revoke(): void;
  /** The next API requests get these answers. */
  script(...answers: Scripted[]): void;
}

/**
 * A SmartFile in memory after `spec/smartfile-api.md`: refuses what the service would, so that a
 * wrong client fails. Links are served under `public/`, exchanges under `exchange/`.
 */
export async function startSmartFile(): Promise<SmartFileService> {
  const files = new Files();
  const provider = new OAuthProvider(client);
  const scripted: Scripted[] = [];
  const log: string[] = [];
  const pages: SmartFileService['pages'] = new Map();
  const listening = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', state.baseUrl);
    log.push(`${request.method} ${request.url}`);
    const page = pages.get(url.pathname);
    if (page) {
      response.writeHead(200, { 'Content-Type': page.type }).end(page.body);
      return;
    }
    if (url.pathname.startsWith('/oauth/')) return provider.handle(request, response, url);
    const answer = await answerOf(request, url).catch((error: unknown): ApiAnswer => {
      if (!(error instanceof Refusal)) throw error;
      const { status, body } = error;
      if (typeof body === 'object' && body !== null) return { status, body };
      return { status, headers: { 'Content-Type': 'text/html' }, body: Buffer.from(String(body)) };
    });
    write(response, answer);
  });
  const state = new ApiState(files, listening.baseUrl);

  async function answerOf(request: IncomingMessage, url: URL): Promise<ApiAnswer> {
    const body = await readAll(request);
    const { method = '', headers } = request;
    const [root, ...segments] = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (root === 'public' || root === 'exchange') return publicFile(state, root, segments);
    const [version = '', ...path] = segments;
    if (root !== 'api' || !['2', '2.1', '3'].includes(version) || path.pop() !== '') {
      throw new Refusal(404, '<h1>Not Found</h1>');
    }
    const next = scripted.shift();
    if (next) return { ...next, body: Buffer.from(next.body ?? '') };
    const isPing = path.length === 1 && path[0] === 'ping';
    if (!isPing && !isAuthorized(headers.authorization ?? '', provider)) {
      throw new Refusal(401, { detail: 'Invalid username/password' });
    }
    assertContentType(method, version, headers['content-type'], body);
    const { searchParams: query } = url;
    return answerApi(state, { method, version, segments: path, query, headers, body });
  }

  return {
    ...listening,
    credentials: { key, password },
    account,
    client,
    files,
    state,
    log,
    pages,
    revoke: () => provider.revoke(),
    script: (...answers) => scripted.push(...answers),
  };
}

function isAuthorized(authorization: string, provider: OAuthProvider): boolean {
  if (authorization.startsWith('OAuth ')) return provider.accepts(authorization);
  return [`${key}:${password}`, `${account.username}:${account.password}`].some(
    (pair) => authorization === `Basic ${Buffer.from(pair).toString('base64')}`,
  );
}

function assertContentType(
  method: string,
  version: string,
  contentType: string | undefined,
  body: Buffer,
): void {
  if (version === '3' && (method === 'PUT' || method === 'PATCH')) return;
  const usable =
    body.length === 0
      ? contentType === undefined
      : contentType === 'application/x-www-form-urlencoded' ||
        contentType?.startsWith('multipart/form-data; boundary=');
  if (!usable) throw new Refusal(415, { detail: 'Unsupported media type.' });
}

function publicFile(state: ApiState, kind: 'public' | 'exchange', segments: string[]): ApiAnswer {
  const [id = '', ...rest] = segments;
  const exchange = state.exchanges.get(id);
  const wanted = rest.at(-1) ?? '';
  const path =
    kind === 'public'
      ? state.links.get(id)?.path.find((item) => item.endsWith(`/${wanted}`))
      : exchange && exchange.expires > Date.now() && `/${rest.join('/')}` === exchange.path
        ? exchange.path
        : undefined;
  const file = path === undefined ? undefined : state.files.file(path);
  if (!file) throw new Refusal(404, '<h1>Not Found</h1>');
  return { status: 200, headers: { 'Content-Type': file.mime }, body: file.bytes };
}

function write(response: ServerResponse, { status, headers = {}, body }: ApiAnswer): void {
  if (body === undefined || Buffer.isBuffer(body)) {
    response.writeHead(status, headers).end(body);
    return;
  }
  response
    .writeHead(status, { 'Content-Type': 'application/json', ...headers })
    .end(JSON.stringify(body));
}
