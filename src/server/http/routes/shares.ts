import { type Context, Hono } from 'hono';
import { object, optional, string } from '../../../protocol/decoder.ts';
import type { GettDone } from '../../../protocol/shapes.ts';
import { takeAnonymously } from '../anonymous.ts';
import type { Bindings, HttpContext } from '../context.ts';
import { badRequest, shareNotFound } from '../errors.ts';
import { identityOf, readBody, requireIdentity, requireOwnShare, requireShare } from '../input.ts';

const MAX_TITLE = 255;
const titleBody = object({ title: optional(string) });

export function shareRoutes(context: HttpContext): Hono<Bindings> {
  const { sharing } = context;
  return new Hono<Bindings>()
    .get('/', async (c) => {
      const { user } = await requireIdentity(context, c);
      const limit = count(c, 'limit');
      const page = { skip: count(c, 'skip') ?? 0, ...(limit !== undefined && { limit }) };
      return c.json(await sharing.listShares(user, page));
    })
    .post('/create', async (c) => {
      const { user } = await requireIdentity(context, c);
      const title = await readTitle(c);
      takeAnonymously(context, c, user, 'share');
      const expiresAt = context.anonymous.expiryFor(user);
      return c.json(await sharing.createShare(user, title, expiresAt));
    })
    .get('/:sharename', async (c) => {
      const share = await requireShare(context, c.req.param('sharename'));
      const asker = await identityOf(context, c);
      const asOwner = asker?.user.userId === share.owner.userId;
      return c.json(await sharing.viewShare(share, { asOwner }));
    })
    .post('/:sharename/update', async (c) => {
      const share = await requireOwnShare(context, c, c.req.param('sharename'));
      const title = await readTitle(c);
      if (share.removed) throw shareNotFound();
      await sharing.setTitle(share, title);
      const updated = await requireShare(context, share.sharename);
      return c.json(await sharing.viewShare(updated, { asOwner: true }));
    })
    .post('/:sharename/destroy', async (c) => {
      const share = await requireOwnShare(context, c, c.req.param('sharename'));
      await sharing.destroyShare(share);
      return c.json({ success: true } satisfies GettDone);
    });
}

/** A title without visible characters means none. */
async function readTitle(c: Context<Bindings>): Promise<string | undefined> {
  const { title = '' } = await readBody(c, titleBody);
  const trimmed = title.trim();
  if (Array.from(trimmed).length > MAX_TITLE) {
    throw badRequest(`title must have at most ${MAX_TITLE} characters`);
  }
  return trimmed || undefined;
}

function count(c: Context<Bindings>, name: string): number | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw badRequest(`${name} must be a whole number, zero or more`);
  }
  return value;
}
