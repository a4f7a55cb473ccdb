import type { Readable } from 'node:stream';
import type { Context } from 'hono';
import { DecodeError, type Decoder } from '../../protocol/decoder.ts';
import type { Identity } from '../accounts/tokens.ts';
import type { ShareRecord, UserRecord } from '../metadata/store.ts';
import type { Bindings, HttpContext } from './context.ts';
import { ApiError, accessDenied, badRequest, invalidToken, shareNotFound } from './errors.ts';

/** Bodies of JSON calls; bytes. */
const MAX_JSON = 100 * 1024;

/**
 * The JSON body, whatever its `Content-Type` says. An empty one and `null` mean `{}` (spec
 * section 1.1).
 * @param maxBytes longer bodies are refused
 */
export async function readBody<T>(
  c: Context<Bindings>,
  decode: Decoder<T>,
  maxBytes = MAX_JSON,
): Promise<T> {
  const text = await readText(c.env.incoming, maxBytes);
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : (JSON.parse(text) ?? {});
  } catch {
    throw badRequest('request MUST be valid JSON');
  }
  try {
    return decode(value, 'request');
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(error.message.replace(/^request(?:\.|(?=\[))/, ''));
  }
}

async function readText(req: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The socket has to survive a body that is refused: the answer goes out on it.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      throw new ApiError(413, `the request body is larger than ${maxBytes / 1024} KiB`);
    }
  }
  return Buffer.concat(chunks).toString();
}

/** The token of the query, or of an `Authorization: Bearer` header. */
function tokenOf(c: Context<Bindings>): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  return c.req.query('accesstoken') || (bearer ?? '');
}

/** Who is asking; `undefined` for everybody without a valid token. */
export function identityOf({ tokens }: HttpContext, c: Context): Promise<Identity | undefined> {
  return tokens.identify(tokenOf(c), 'access');
}

export async function requireIdentity(context: HttpContext, c: Context): Promise<Identity> {
  const identity = await identityOf(context, c);
  if (!identity) throw invalidToken();
  return identity;
}

export async function requireShare(
  { sharing }: HttpContext,
  sharename: string,
): Promise<ShareRecord> {
  const share = await sharing.findShare(sharename);
  if (!share) throw shareNotFound();
  return share;
}

/** The share, when it belongs to whoever is asking. */
export async function requireOwnShare(
  context: HttpContext,
  c: Context<Bindings>,
  sharename: string,
): Promise<ShareRecord> {
  return (await requireOwn(context, c, sharename)).share;
}

/** Who is asking, and the share, when it is theirs. */
export async function requireOwn(
  context: HttpContext,
  c: Context<Bindings>,
  sharename: string,
): Promise<{ share: ShareRecord; user: UserRecord }> {
  const { user } = await requireIdentity(context, c);
  const share = await requireShare(context, sharename);
  if (share.owner.userId !== user.userId) throw accessDenied();
  return { share, user };
}
