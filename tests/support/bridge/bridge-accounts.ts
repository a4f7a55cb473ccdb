import { createHash, createPublicKey, ECDH, randomBytes, verify } from 'node:crypto';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Account {
  email: string;
  /** SHA-256 of the hash that the client sent. */
  password: string;
  created: string;
  activated: boolean;
  pubkey?: string;
  nonce: number;
}

export interface AuthenticatedRequest {
  method: string;
  path: string;
  /** The raw query, or the raw body of POST, PATCH and PUT. */
  payload: string;
  headers: Record<string, string | string[] | undefined>;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Accounts, keys and both ways of authentication (spec sections 2 and 3). */
export class Accounts {
  readonly accounts = new Map<string, Account>();
  /** Public key, as registered, to e-mail address. */
  readonly keys = new Map<string, string>();
  /** E-mail address to the activation token that was mailed. */
  readonly mails = new Map<string, string>();

  register({ email, password, pubkey }: Record<string, unknown>): Account {
    if (typeof email !== 'string' || !email.includes('@')) throw new Refusal(500, 'Invalid email');
    if (typeof password !== 'string' || !/^[\da-f]{64}$/.test(password)) {
      throw new Refusal(500, 'Password must be hex encoded SHA-256 hash');
    }
    if (this.accounts.has(email)) throw new Refusal(500, 'Email is already registered');
    const account: Account = {
      email,
      password: sha256(password),
      created: new Date().toISOString(),
      activated: false,
      nonce: 0,
    };
    if (pubkey !== undefined) {
      account.pubkey = this.addKey(account, pubkey);
    }
    this.accounts.set(email, account);
    this.mails.set(email, randomBytes(32).toString('hex'));
    return account;
  }

  activate(token: string): Account {
    const [email] = [...this.mails].find(([, mailed]) => mailed === token) ?? [];
    const account = email === undefined ? undefined : this.accounts.get(email);
    if (!account) throw new Refusal(400, 'Invalid activation token');
    this.mails.delete(account.email);
    account.activated = true;
    return account;
  }

  addKey(account: Account, key: unknown): string {
    if (typeof key !== 'string' || !publicKeyOf(key)) throw new Refusal(400, 'Invalid public key');
    if (this.keys.has(key)) throw new Refusal(400, 'Public key is already registered');
    this.keys.set(key, account.email);
    return key;
  }

  removeKey(account: Account, key: string): void {
    if (this.keys.get(key) !== account.email) throw new Refusal(404, 'Public key not found');
    this.keys.delete(key);
  }

  /**
   * @param ownerOf for tokens: the account behind a key that is only on a bucket's list
   */
  authenticate(
    request: AuthenticatedRequest,
    ownerOf: (key: string) => string | undefined = () => undefined,
  ): { account: Account; key?: string } {
    const { authorization, 'x-pubkey': key, 'x-signature': signature } = request.headers;
    if (typeof authorization === 'string') return { account: this.#basic(authorization) };
    if (typeof key !== 'string' || typeof signature !== 'string') {
      throw new Refusal(401, 'No authentication strategy detected');
    }
    const account = this.accounts.get(this.keys.get(key) ?? ownerOf(key) ?? '');
    if (!account) throw new Refusal(401, 'Public key not registered');
    if (!account.activated) throw new Refusal(401, 'User account has not been activated');
    const message = `${request.method}\n${request.path}\n${request.payload}`;
    if (!hasSigned(key, signature, message)) throw new Refusal(401, 'Invalid signature');
    const nonce = nonceOf(request);
    if (nonce === undefined || nonce < account.nonce) {
      throw new Refusal(401, 'Invalid nonce supplied');
    }
    account.nonce = nonce;
    return { account, key };
  }

  #basic(authorization: string): Account {
    const text = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
    const at = text.lastIndexOf(':');
    const account = this.accounts.get(text.slice(0, at));
    if (account?.password !== sha256(text.slice(at + 1))) {
      throw new Refusal(500, 'Invalid email or password');
    }
    if (!account.activated) throw new Refusal(401, 'User account has not been activated');
    return account;
  }
}

function nonceOf({ method, payload }: AuthenticatedRequest): number | undefined {
  const inBody = method === 'POST' || method === 'PATCH' || method === 'PUT';
  const raw: unknown = inBody
    ? JSON.parse(payload).__nonce
    : new URLSearchParams(payload).get('__nonce');
  const nonce = raw === null || raw === '' ? Number.NaN : Number(raw);
  return Number.isFinite(nonce) ? nonce : undefined;
}

function publicKeyOf(hex: string) {
  try {
    if (!/^[\da-fA-F]+$/.test(hex)) return undefined;
    const text = ECDH.convertKey(hex, 'secp256k1', 'hex', 'hex', 'uncompressed') as string;
    const point = Buffer.from(text, 'hex');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((n) => n.toString('base64url'));
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'secp256k1', x: x!, y: y! } });
  } catch {
    return undefined;
  }
}

/** Checked by OpenSSL, independently of the library that the client signs with. */
export function hasSigned(key: string, signature: string, message: string): boolean {
  const publicKey = publicKeyOf(key);
  if (!publicKey) return false;
  return verify('sha256', Buffer.from(message), publicKey, Buffer.from(signature, 'hex'));
}
