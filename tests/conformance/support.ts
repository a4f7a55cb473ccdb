import { once } from 'node:events';
import {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import type {
  GettFile,
  GettLogin,
  GettShare,
  GettStorage,
  GettUpload,
  GettUser,
} from '../../src/protocol/shapes.ts';
import { type ServerOptions, startServer, type TestServer } from '../support/server.ts';

/**
 * What answers of the protocol are made of, all together: a test looks whether those members have
 * come that its answer should have.
 */
export type Answer = GettShare &
  NewFile &
  GettUpload &
  GettLogin &
  Omit<GettUser, 'files'> & { error: string } & (GettShare & NewFile)[];

export interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  text: string;
  /** The body as JSON. @throws SyntaxError when it is none */
  readonly json: Answer;
}

export interface RequestOptions {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

/** One exchange through a plain HTTP client, which adds and hides nothing. */
export async function exchange(url: string, options: RequestOptions = {}): Promise<Reply> {
  const { method = options.body === undefined ? 'GET' : 'POST', headers = {}, body } = options;
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const sent = request(url, { method, headers: { ...length, ...headers }, agent: false });
  toleratingCuts(sent).end(body);
  return replyOf(sent);
}

/**
 * Who is refused may find the connection closed while the rest of the body is still on its way, and
 * after the answer has come nobody would hear of that any more.
 */
function toleratingCuts(sent: ClientRequest): ClientRequest {
  return sent.on('error', () => undefined);
}

/** The answer to a request that the test writes by itself. */
export async function replyOf(sent: ClientRequest): Promise<Reply> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(response);
  const text = bytes.toString();
  const { statusCode: status = 0, headers } = response;
  return {
    status,
    headers,
    bytes,
    text,
    get json(): Answer {
      return JSON.parse(text);
    },
  };
}

/** A body of `multipart/form-data`; a part without `filename` is a plain field. */
export function form(parts: { name: string; filename?: string; bytes: Buffer | string }[]): {
  headers: OutgoingHttpHeaders;
  body: Buffer;
} {
  const boundary = '----conformance';
  const chunks = parts.flatMap(({ name, filename, bytes }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${
        filename === undefined ? '' : `; filename="${filename}"`
      }\r\n\r\n`,
    ),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export interface NewFile extends GettFile {
  upload: GettUpload;
}

/** A server with the users Ada, who acts unless a test says otherwise, and Bob. */
export class Service {
  private constructor(
    readonly server: TestServer,
    public ada: GettLogin,
    readonly bob: GettLogin,
  ) {}

  static async start(options: ServerOptions = {}): Promise<Service> {
    const server = await startServer(options);
    await Promise.all([
      server.addUser({ email: 'ada@example.org', password: 'lovelace', name: 'Ada' }),
      server.addUser({ email: 'bob@example.org', password: 'ross-ross', name: 'Bob' }),
    ]);
    const ada = await signIn(server, 'ada@example.org', 'lovelace');
    return new Service(server, ada, await signIn(server, 'bob@example.org', 'ross-ross'));
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Destroys everything that Ada has shared. */
  async clear(): Promise<void> {
    const shares: GettShare[] = (await this.get('/shares', this.ada.accesstoken)).json;
    for (const { sharename } of shares) await this.post(`/shares/${sharename}/destroy`);
  }

  /** A path below the API root; a token goes into the query. */
  url(path: string, token?: string): string {
    const url = new URL(`${this.server.baseUrl}${path}`);
    if (token !== undefined) url.searchParams.set('accesstoken', token);
    return url.href;
  }

  get(path: string, token?: string): Promise<Reply> {
    return exchange(this.url(path, token));
  }

  /** @param body text as it is, or a value to be written as JSON. */
  post(path: string, body: unknown = '', token = this.ada.accesstoken): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return exchange(this.url(path, token), { method: 'POST', body: text });
  }

  async newShare(title?: string, token?: string): Promise<GettShare> {
    return (await this.post('/shares/create', { title }, token)).json;
  }

  async newFile(sharename: string, filename = 'plan.txt'): Promise<NewFile> {
    return (await this.post(`/files/${sharename}/create`, { filename })).json;
  }

  /** A file in a share of its own, with bytes. */
  async uploaded(filename: string, bytes: string | Buffer): Promise<NewFile> {
    const { sharename } = await this.newShare();
    const file = await this.newFile(sharename, filename);
    const reply = await put(file.upload.puturl, bytes);
    if (reply.status !== 200) throw new Error(`upload: ${reply.status} ${reply.text}`);
    return file;
  }

  async file({ sharename, fileid }: GettFile): Promise<GettFile> {
    return (await this.get(`/files/${sharename}/${fileid}`)).json;
  }

  /** Waits for a state that comes by itself. */
  async untilState(file: GettFile, state: string): Promise<GettFile> {
    for (;;) {
      const now = await this.file(file);
      if (now.readystate === state) return now;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  blobUrl({ sharename, fileid }: GettFile, suffix = ''): string {
    return this.url(`/files/${sharename}/${fileid}/blob${suffix}`);
  }

  /** The signed URL to which a blob request redirects. */
  async readUrl(file: GettFile, suffix = ''): Promise<string> {
    return (await exchange(this.blobUrl(file, suffix))).headers.location ?? '';
  }

  async storage(): Promise<Required<Omit<GettStorage, 'more'>>> {
    const { storage } = (await this.get('/users/me', this.ada.accesstoken)).json;
    return { ...storage, free: storage.free ?? Number.NaN };
  }
}

export function put(
  url: string,
  body: string | Buffer,
  headers: OutgoingHttpHeaders = {},
): Promise<Reply> {
  return exchange(url, { method: 'PUT', body, headers });
}

async function signIn(server: TestServer, email: string, password: string): Promise<GettLogin> {
  const body = JSON.stringify({ email, password });
  return (await exchange(`${server.baseUrl}/users/login`, { body })).json;
}

/** An upload whose bytes the test sends when it wants. Without `length` it is chunked. */
export function openPut(url: string, length?: number): ClientRequest {
  const headers = length === undefined ? {} : { 'content-length': length };
  const sent = toleratingCuts(request(url, { method: 'PUT', headers, agent: false }));
  sent.flushHeaders();
  return sent;
}

/** An answer whose bytes the test takes when it wants. */
export async function openGet(url: string): Promise<IncomingMessage> {
  const sent = toleratingCuts(request(url, { agent: false }));
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}
