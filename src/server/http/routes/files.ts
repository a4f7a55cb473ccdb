import { Hono } from 'hono';
import {
  array,
  DecodeError,
  type Decoder,
  object,
  optional,
  string,
} from '../../../protocol/decoder.ts';
import type { GettDone } from '../../../protocol/shapes.ts';
import type { FileRecord, NewFile, ShareRecord, UserRecord } from '../../metadata/store.ts';
import { MAX_BATCH } from '../../sharing/describe.ts';
import { takeAnonymously } from '../anonymous.ts';
import type { Bindings, HttpContext } from '../context.ts';
import {
  ApiError,
  accessDenied,
  fileNotFound,
  shareNotFound,
  storageLimitExceeded,
} from '../errors.ts';
import { readBody, requireOwn, requireOwnShare, requireShare } from '../input.ts';

const MAX_FILENAME = 255;
/** Room for {@link MAX_BATCH} files whose names are all as long as they may be; bytes. */
const MAX_BODY = 1024 * 1024;

const filename: Decoder<string> = (value, path) => cleanFilename(string(value, path), path);
const newFile = object({ filename, session: optional(string), size: optional(byteCount) });
const newFileList = array(newFile);

/** One file, or a list of them that is taken as a whole. */
const newFiles: Decoder<NewFile | NewFile[]> = (value, path) => {
  if (!Array.isArray(value)) return newFile(value, path);
  if (value.length > MAX_BATCH) {
    throw new DecodeError(path, `at most ${MAX_BATCH} files`);
  }
  return newFileList(value, path);
};

function byteCount(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DecodeError(path, 'a whole number of bytes, zero or more');
}

export function fileRoutes(context: HttpContext): Hono<Bindings> {
  const { sharing } = context;
  const requireFile = async (share: ShareRecord, fileid: string): Promise<FileRecord> => {
    const file = await sharing.findFile(share, fileid);
    if (!file) throw fileNotFound();
    return file;
  };
  return new Hono<Bindings>()
    .post('/:sharename/create', async (c) => {
      const { share, user } = await requireOwn(context, c, c.req.param('sharename'));
      const body = await readBody(c, newFiles, MAX_BODY);
      if (share.removed) throw shareNotFound();
      const wanted = Array.isArray(body) ? body : [body];
      takeAnonymously(context, c, user, 'file', wanted.length);
      for (const session of new Set(wanted.flatMap(({ session = [] }) => session))) {
        if (!(await sharing.maySpeakFor(session, user.userId))) throw accessDenied();
      }
      const files = await sharing.createFiles(user, share, wanted);
      if (files === 'gone') throw shareNotFound();
      if (files === 'storagelimit') throw noRoom(context, user);
      return c.json(Array.isArray(body) ? files : files[0]);
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

function noRoom({ anonymous: { limits } }: HttpContext, { anonymous }: UserRecord): ApiError {
  if (!anonymous || !limits) return storageLimitExceeded();
  return new ApiError(
    413,
    `without an account a share may have ${limits.maxSize} bytes at most; sign in for more`,
  );
}

/** Keeps the last part of a path and drops control characters (spec section 4.8). */
export function cleanFilename(text: string, path: string): string {
  const last = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  // Half a surrogate pair cannot be part of a URL; UTF-8 turns it into a replacement character.
  const clean = Buffer.from(last)
    .toString()
    .replace(/\p{Cc}/gu, '');
  const bytes = Buffer.byteLength(clean);
  if (bytes < 1 || bytes > MAX_FILENAME) {
    throw new DecodeError(path, `1 to ${MAX_FILENAME} bytes long after the last slash`);
  }
  return clean;
}
