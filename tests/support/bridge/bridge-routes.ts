import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  type Account,
  type Accounts,
  type AuthenticatedRequest,
  Refusal,
} from './bridge-accounts.ts';
import { receiveFile } from './multipart.ts';
import { contentHash, type StorageNode } from './storage-node.ts';

export interface Entry {
  bucket: string;
  mimetype: string;
  filename: string;
  size: number;
  hash: string;
  shards: string[];
}

interface Bucket {
  user: string;
  created: string;
  name: string;
  pubkeys: string[];
  status: 'Active' | 'Inactive';
  transfer: number;
  storage: number;
  id: string;
}

interface Token {
  bucket: string;
  operation: 'PUSH' | 'PULL';
  expires: number;
}

export interface Incoming extends AuthenticatedRequest {
  message: IncomingMessage;
  /** Parsed JSON body. */
  fields: Record<string, unknown>;
  query: URLSearchParams;
}

export interface Answer {
  status: number;
  body?: unknown;
  location?: string;
}

const TOKEN_LIFETIME = 300_000;

/** Buckets, tokens and files (spec sections 4 to 7), kept in memory. */
export class Bridge {
  readonly #accounts: Accounts;
  readonly #node: StorageNode;
  readonly #shardSize: number;
  readonly #now: () => number;
  readonly buckets = new Map<string, Bucket>();
  readonly tokens = new Map<string, Token>();
  readonly files = new Map<string, Map<string, Entry>>();

  constructor(accounts: Accounts, node: StorageNode, shardSize: number, now: () => number) {
    this.#accounts = accounts;
    this.#node = node;
    this.#shardSize = shardSize;
    this.#now = now;
  }

  async answer(request: Incoming): Promise<Answer> {
    const [, top = '', id = '', sub = '', hash = ''] = request.path
      .split('/')
      .map(decodeURIComponent);
    const resource = [top, id && ':id', sub, hash && ':hash'].filter(Boolean).join('/');
    switch (`${request.method} /${resource}`) {
      case 'GET /':
        return ok({ swagger: '2.0', info: { title: 'Storj Bridge', version: '0.4.3' } });
      case 'POST /users':
        return ok(userObject(this.#accounts.register(request.fields)));
      case 'GET /activations/:id': {
        const account = this.#accounts.activate(id);
        const redirect = request.query.get('redirect');
        return redirect ? { status: 302, location: redirect } : ok(userObject(account));
      }
      case 'GET /keys': {
        const { account } = this.#accounts.authenticate(request);
        const mine = [...this.#accounts.keys].filter(([, email]) => email === account.email);
        return ok(mine.map(([key, user]) => ({ user, key, id: key })));
      }
      case 'POST /keys': {
        const { account } = this.#accounts.authenticate(request);
        const key = this.#accounts.addKey(account, request.fields['key']);
        return ok({ user: account.email, key, id: key });
      }
      case 'DELETE /keys/:id':
        this.#accounts.removeKey(this.#accounts.authenticate(request).account, id);
        return { status: 200 };
      case 'GET /buckets': {
        const { account } = this.#accounts.authenticate(request);
        return ok([...this.buckets.values()].filter(({ user }) => user === account.email));
      }
      case 'POST /buckets':
        return ok(this.#create(request));
      case 'GET /buckets/:id':
        return ok(this.#bucketOf(request, id));
      case 'PATCH /buckets/:id':
        return ok(assign(this.#bucketOf(request, id), request.fields));
      case 'DELETE /buckets/:id':
        this.buckets.delete(this.#bucketOf(request, id).id);
        this.files.delete(id);
        return { status: 204 };
      case 'POST /buckets/:id/tokens':
        return ok(this.#token(request, id));
      case 'GET /buckets/:id/files':
        return ok([...this.#filesOf(this.#bucketOf(request, id).id).values()].map(entryObject));
      case 'PUT /buckets/:id/files':
        return ok(await this.#store(request, id));
      case 'GET /buckets/:id/files/:hash':
        return ok(this.#pointers(request, id, hash));
      case 'DELETE /buckets/:id/files/:hash': {
        const files = this.#filesOf(this.#bucketOf(request, id).id);
        if (!files.delete(hash)) throw new Refusal(404, 'The requested file was not found');
        return { status: 204 };
      }
      default:
        throw new Refusal(404, 'Resource not found');
    }
  }

  #create(request: Incoming): Bucket {
    const { account, key } = this.#accounts.authenticate(request);
    const bucket: Bucket = {
      user: account.email,
      created: new Date().toISOString(),
      name: 'New Bucket',
      pubkeys: [],
      status: 'Active',
      transfer: 30,
      storage: 10,
      id: randomBytes(12).toString('hex'),
    };
    assign(bucket, request.fields);
    if (key && !bucket.pubkeys.includes(key)) bucket.pubkeys.push(key);
    this.buckets.set(bucket.id, bucket);
    return bucket;
  }

  #bucketOf(request: Incoming, id: string): Bucket {
    return this.#owned(this.#accounts.authenticate(request).account, id);
  }

  #owned(account: Account, id: string): Bucket {
    if (!/^[\da-f]{24}$/.test(id)) throw new Refusal(500, 'Cast to ObjectId failed');
    const bucket = this.buckets.get(id);
    if (bucket?.user !== account.email) throw new Refusal(404, 'Bucket not found');
    return bucket;
  }

  #filesOf(id: string): Map<string, Entry> {
    const files = this.files.get(id) ?? new Map<string, Entry>();
    this.files.set(id, files);
    return files;
  }

  #token(request: Incoming, id: string) {
    const { account } = this.#accounts.authenticate(request, (key) => {
      const bucket = this.buckets.get(id);
      return bucket?.pubkeys.includes(key) ? bucket.user : undefined;
    });
    const bucket = this.#owned(account, id).id;
    const { operation } = request.fields;
    if (operation !== 'PUSH' && operation !== 'PULL') throw new Refusal(500, 'Invalid operation');
    const token = randomBytes(32).toString('hex');
    const expires = this.#now() + TOKEN_LIFETIME;
    this.tokens.set(token, { bucket, operation, expires });
    return { bucket, operation, expires: new Date(expires).toISOString(), token, id: token };
  }

  /** Any showing uses a token up, also one that fails (spec section 2.3). */
  #useToken(request: Incoming, bucket: string, operation: Token['operation']): void {
    const text = String(request.headers['x-token']);
    const token = this.tokens.get(text);
    this.tokens.delete(text);
    if (!token || token.expires < this.#now()) throw new Refusal(500, 'Invalid or expired token');
    if (token.bucket !== bucket || token.operation !== operation) {
      throw new Refusal(401, 'Token is not for this bucket and operation');
    }
  }

  async #store(request: Incoming, bucket: string) {
    this.#useToken(request, bucket, 'PUSH');
    const declared = request.headers['x-filesize'];
    if (typeof declared !== 'string' || !/^\d+$/.test(declared)) {
      throw new Refusal(400, 'Missing or invalid x-filesize header sent');
    }
    const { chunks, filename, mimetype } = await receiveFile(request.message);
    const content = Buffer.concat(chunks);
    if (content.length !== Number(declared)) {
      throw new Refusal(400, 'File size does not match the x-filesize header');
    }
    const hash = contentHash(content);
    const shards = this.#cut(chunks).map((shard) => this.#node.store(shard));
    const entry = { bucket, mimetype, filename, size: content.length, hash, shards };
    this.#filesOf(bucket).set(hash, entry);
    return entryObject(entry);
  }

  /** At the first buffer boundary past the size, so shards are not all alike (spec section 7). */
  #cut(chunks: Buffer[]): Buffer[] {
    const shards: Buffer[] = [];
    let open: Buffer[] = [];
    let size = 0;
    for (const chunk of chunks) {
      open.push(chunk);
      size += chunk.length;
      if (size < this.#shardSize) continue;
      shards.push(Buffer.concat(open));
      open = [];
      size = 0;
    }
    return size > 0 ? [...shards, Buffer.concat(open)] : shards;
  }

  #pointers(request: Incoming, bucket: string, hash: string) {
    this.#useToken(request, bucket, 'PULL');
    const entry = this.files.get(bucket)?.get(hash);
    if (!entry) throw new Refusal(404, 'The requested file was not found');
    return entry.shards.map((shard) => ({
      hash: shard,
      token: this.#node.permit(shard),
      operation: 'PULL',
      channel: this.#node.channel,
    }));
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });

function userObject({ activated, created, email, pubkey }: Account) {
  return { activated, created, email, id: email, ...(pubkey && { pubkey }) };
}

function entryObject({ bucket, mimetype, filename, size, hash }: Entry) {
  return { bucket, mimetype, filename, size, hash };
}

function assign(bucket: Bucket, { name, storage, transfer, pubkeys }: Record<string, unknown>) {
  if (pubkeys !== undefined) {
    if (!Array.isArray(pubkeys) || !pubkeys.every((key) => /^0[2-4][\da-f]+$/.test(String(key)))) {
      throw new Refusal(400, 'Invalid public key in pubkeys');
    }
    bucket.pubkeys = pubkeys;
  }
  if (typeof name === 'string') bucket.name = name;
  if (typeof storage === 'number') bucket.storage = storage;
  if (typeof transfer === 'number') bucket.transfer = transfer;
  return bucket;
}
