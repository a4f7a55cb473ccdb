import { Hono } from 'hono';
import { object, optional, string } from '../../../protocol/decoder.ts';
import type { GettDone } from '../../../protocol/shapes.ts';
import type { FileRecord, ShareRecord } from '../../metadata/store.ts';
import type { Bindings, HttpContext } from '../context.ts';
import { accessDenied, badRequest, fileNotFound, shareNotFound } from '../errors.ts';
import { readBody, requireOwnShare, requireShare } from '../input.ts';

const MAX_FILENAME = 255;
const newFile = object({ filename: string, session: optional(string) });

export function fileRoutes(context: HttpContext): Hono<Bindings> {
  const { sharing } = context;
  const requireFile = async (share: ShareRecord, fileid: string): Promise<FileRecord> => {
    const file = await sharing.findFile(share, fileid);
    if (!file) throw fileNotFound();
    return file;
  };
  return new Hono<Bindings>()
    .post('/:sharename/create', async (c) => {
      const share = await requireOwnShare(context, c, c.req.param('sharename'));
      const { filename, session } = await readBody(c, newFile);
      if (share.removed) throw shareNotFound();
      if (session !== undefined && !(await sharing.maySpeakFor(session, share.owner.userId))) {
        throw accessDenied();
      }
      return c.json(await sharing.createFile(share, cleanFilename(filename), session));
    })
    .get('/:sharename/:fileid', async (c) => {
      const share = await requireShare(context, c.req.param('sharename'));
      const file = await sharing.viewFile(share, c.req.param('fileid'));
      if (!file) throw fileNotFound();
      return c.json(file);
    })
    .get('/:sharename/:fileid/upload', async (c) => {
      const share = await requireOwnShare(context, c, c.req.param('sharename'));
      const file = await requireFile(share, c.req.param('fileid'));
      if (file.state === 'removed') throw fileNotFound();
      return c.json(sharing.uploadUrls(share, file));
    })
    .post('/:sharename/:fileid/destroy', async (c) => {
      const share = await requireOwnShare(context, c, c.req.param('sharename'));
      const file = await requireFile(share, c.req.param('fileid'));
      await sharing.destroyFile(file);
      return c.json({ success: true } satisfies GettDone);
    });
}

/** Keeps the last part of a path and drops control characters (spec section 4.8). */
export function cleanFilename(text: string): string {
  const last = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  // Half a surrogate pair cannot be part of a URL; UTF-8 turns it into a replacement character.
  const clean = Buffer.from(last)
    .toString()
    .replace(/\p{Cc}/gu, '');
  const bytes = Buffer.byteLength(clean);
  if (bytes < 1 || bytes > MAX_FILENAME) {
    throw badRequest(`filename must have 1 to ${MAX_FILENAME} bytes after the last slash`);
  }
  return clean;
}
