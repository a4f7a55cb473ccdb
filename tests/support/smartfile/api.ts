import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { type Files, Refusal } from './files.ts';
import { parseMultipart } from './http.ts';

export interface ApiRequest {
  method: string;
  version: string;
  /** Decoded segments after the version. */
  segments: string[];
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface ApiAnswer {
  status: number;
  headers?: OutgoingHttpHeaders;
  /** Bytes, or a value that is sent as JSON; nothing for an empty answer. */
  body?: Buffer | object;
}

interface StoredTask {
  polls: number;
  status: string;
  errors: Record<string, string>;
}

export interface StoredLink {
  uid: string;
  href: string;
  path: string[];
  name: string;
}

/** What the service keeps and tests turn. */
export class ApiState {
  readonly links = new Map<string, StoredLink>();
  readonly exchanges = new Map<string, { path: string; expires: number }>();
  readonly tasks = new Map<string, StoredTask>();
  /** Polls that find a task unfinished. */
  pollsPerTask = 2;
  linksAllowed = true;
  /** Bytes that one upload may bring. What the service answers to more is known from HTTP alone. */
  room = Number.POSITIVE_INFINITY;

  constructor(
    readonly files: Files,
    readonly baseUrl: string,
  ) {}
}

const json = (body: object, status = 200): ApiAnswer => ({ status, body });
const form = (body: Buffer) => new URLSearchParams(body.toString());

/** The endpoints of spec section 4. */
export async function answerApi(state: ApiState, request: ApiRequest): Promise<ApiAnswer> {
  const [area, part, ...rest] = request.segments;
  const { method } = request;
  const path = `/${rest.join('/')}`;
  switch (`${method} ${area}/${part ?? ''}`) {
    case 'GET ping/':
      return json({ ping: 'pong' });
    case 'GET whoami/':
      return json({ user: { username: 'bobafett' }, site: { name: 'example' } });
    case 'GET path/info':
      return json(listing(state, path, request.query));
    case 'GET path/data':
      return download(state, path, request);
    case 'POST path/data':
      return upload(state, path, request);
    case 'POST path/oper':
      return operation(state, rest[0] ?? '', request);
    case 'POST path/exchange':
      return exchange(state, request);
    case 'GET search/path':
      return json({ results: state.files.search(request.query.get('keywords') ?? '') });
    default:
  }
  if (request.version === '3' && area === 'path' && part === 'data') {
    return version3(state, path, request);
  }
  if (area === 'task' && part && method === 'GET') return json(poll(state, part));
  if (area === 'link') return link(state, part, request);
  throw new Refusal(404, '<h1>Not Found</h1>');
}

function listing(state: ApiState, path: string, query: URLSearchParams): object {
  const info = state.files.info(path);
  if (query.get('children') !== 'true') return info;
  const all = state.files.children(path);
  const limit = Number(query.get('limit') ?? 100);
  const page = Number(query.get('page') ?? 1);
  const fields = query.getAll('fields');
  const children = all
    .slice((page - 1) * limit, page * limit)
    .map((child) =>
      fields.length > 0
        ? Object.fromEntries(Object.entries(child).filter(([name]) => fields.includes(name)))
        : child,
    );
  return { ...info, children, page, pages: Math.max(1, Math.ceil(all.length / limit)) };
}

function download(state: ApiState, path: string, { headers, query }: ApiRequest): ApiAnswer {
  const file = state.files.file(path);
  if (!file) throw new Refusal(404, { detail: 'Path does not exist.' });
  const offset = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? Number.NaN);
  const attachment = query.get('download') === 'true';
  return {
    status: Number.isNaN(offset) ? 200 : 206,
    headers: {
      'Content-Type': file.mime,
      ...(attachment && { 'Content-Disposition': 'attachment' }),
      ...(!Number.isNaN(offset) && {
        'Content-Range': `bytes ${offset}-${file.bytes.length - 1}/${file.bytes.length}`,
      }),
    },
    body: file.bytes.subarray(Number.isNaN(offset) ? 0 : offset),
  };
}

async function upload(state: ApiState, directory: string, request: ApiRequest): Promise<ApiAnswer> {
  const parts = await parseMultipart(request.headers, request.body);
  const firstFile = parts.findIndex(({ filename }) => filename !== undefined);
  const files = parts.slice(firstFile);
  if (firstFile < 0 || files.some(({ filename }) => filename === undefined)) {
    throw new Refusal(400, { detail: 'Plain values come first, then the files.' });
  }
  if (request.body.length > state.room) throw new Refusal(413, { detail: 'Quota exceeded.' });
  const folder = directory === '/' ? '' : directory;
  const infos = files.map(({ filename, bytes }) =>
    state.files.write(`${folder}/${filename}`, bytes),
  );
  return json(infos);
}

function operation(state: ApiState, name: string, { body }: ApiRequest): ApiAnswer {
  const values = form(body);
  const src = values.get('src') ?? '';
  const dst = values.get('dst') ?? '';
  switch (name) {
    case 'mkdir':
      return json(state.files.mkdir(values.get('path') ?? ''), 201);
    case 'rename':
    case 'move':
      state.files.copy(src, dst);
      state.files.remove(src);
      return name === 'rename' ? json(state.files.info(dst)) : json(begin(state));
    case 'copy':
      state.files.copy(src, dst);
      return json(begin(state));
    case 'remove': {
      const paths = values.getAll('path');
      const missing = paths.filter((path) => !state.files.has(path));
      for (const path of paths) state.files.remove(path);
      return json(begin(state, missing));
    }
    default:
      throw new Refusal(404, '<h1>Not Found</h1>');
  }
}

function begin(state: ApiState, missing: string[] = []): object {
  const uuid = randomUUID();
  const errors = Object.fromEntries(missing.map((path) => [path, 'Path does not exist.']));
  state.tasks.set(uuid, { polls: state.pollsPerTask, status: 'SUCCESS', errors });
  return { uuid };
}

function poll(state: ApiState, uuid: string): object {
  const task = state.tasks.get(uuid);
  if (!task) throw new Refusal(404, { detail: 'No such task.' });
  task.polls -= 1;
  if (task.polls >= 0) return { uuid, result: { status: 'PROGRESS', result: {} } };
  const failed = Object.keys(task.errors).length > 0;
  return { uuid, result: { status: task.status, result: failed ? { errors: task.errors } : {} } };
}

function link(state: ApiState, uid: string | undefined, request: ApiRequest): ApiAnswer {
  if (!state.linksAllowed) throw new Refusal(403, { detail: 'Links are not part of this plan.' });
  if (request.method === 'GET' && !uid) return json({ results: [...state.links.values()] });
  if (request.method === 'POST' && !uid) {
    const values = form(request.body);
    const id = randomBytes(8).toString('base64url');
    const created = {
      uid: id,
      href: `${state.baseUrl}public/${id}/`,
      path: values.getAll('path'),
      name: values.get('name') ?? '',
    };
    state.links.set(id, created);
    return json(created, 201);
  }
  if (request.method === 'DELETE' && uid && state.links.delete(uid)) return { status: 204 };
  throw new Refusal(404, { detail: 'No such link.' });
}

function exchange(state: ApiState, { body }: ApiRequest): ApiAnswer {
  const values = form(body);
  const path = values.get('path') ?? '';
  if (values.get('mode') !== 'r') throw new Refusal(400, { mode: ['Unknown mode.'] });
  if (!state.files.has(path)) throw new Refusal(400, { path: ['Path does not exist.'] });
  const token = randomBytes(8).toString('base64url');
  const expires = Date.now() + Number(values.get('expires')) * 1_000;
  state.exchanges.set(token, { path, expires });
  const address = path.split('/').map(encodeURIComponent).join('/');
  return json({ url: `${state.baseUrl}exchange/${token}${address}` });
}

function version3(state: ApiState, path: string, request: ApiRequest): ApiAnswer {
  const { files } = state;
  const before = files.file(path);
  switch (request.method) {
    case 'PUT':
      return json(files.write(path, request.body));
    case 'PATCH': {
      if (!before) throw new Refusal(404, { detail: 'Path does not exist.' });
      if (request.headers.range !== `bytes=${before.bytes.length}-`) {
        throw new Refusal(416, { detail: 'The range must begin at the end of the file.' });
      }
      return json(files.write(path, Buffer.concat([before.bytes, request.body])));
    }
    case 'DELETE':
      if (!before) throw new Refusal(404, { detail: 'Path does not exist.' });
      files.remove(path);
      return { status: 204 };
    default:
      throw new Refusal(405, { detail: 'Method not allowed.' });
  }
}
