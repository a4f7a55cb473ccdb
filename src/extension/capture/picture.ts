import type { Failure, WaitReason } from '../jobs/job.ts';
import { imageTypeOf, isWebPage } from './image-type.ts';
import { type MediaKind, mediaTypeOf } from './media.ts';
import { endingOfAddress, mediaName, pictureName } from './name.ts';

/** What was clicked. */
export interface PictureSource {
  /** The resolved address: `http(s):`, `blob:` or `data:`. */
  src: string;
  pageTitle: string;
  /** Absent for pictures. */
  media?: MediaKind;
  /** Where it is shown; absent when it is read again later. */
  page?: { tabId: number; frameId: number; url: string | undefined };
  /** From a private window. */
  private?: boolean;
}

export interface Read {
  bytes: Blob;
  /** HTTP status; 200 for addresses without HTTP. */
  status: number;
  disposition: string | null;
}

/** The ways to the bytes. Each gives `undefined` when it is not allowed to read them. */
export interface PictureReaders {
  /** Inside the page; rejects where the browser allows no script. */
  inPage: (
    page: { tabId: number; frameId: number; private?: boolean },
    src: string,
  ) => Promise<Read | undefined>;
  /** From the extension itself. */
  direct: (src: string, credentials: RequestCredentials) => Promise<Read | undefined>;
  hasOrigin: (origin: string) => Promise<boolean>;
  /** The tab shows another page by now, or is gone. */
  pageLeft: (page: { tabId: number; url: string | undefined }) => Promise<boolean>;
}

export type Captured =
  | { kind: 'picture' | 'media'; bytes: Blob; name: string }
  | { kind: 'blocked'; reason: Extract<WaitReason, { kind: 'permission' }> }
  | { kind: 'failed'; failure: Failure };

/** Reads a picture with as little permission as will do, and makes sure that it is a picture. */
export async function capturePicture(
  source: PictureSource,
  readers: PictureReaders,
): Promise<Captured> {
  const { read, pageForbids } = await readPicture(source, readers);
  if (read) return checkPicture(source, read);
  if (/^https?:/i.test(source.src)) {
    const { protocol, hostname } = new URL(source.src);
    const origin = `${protocol}//${hostname}/*`;
    if (!(await readers.hasOrigin(origin))) {
      return { kind: 'blocked', reason: { kind: 'permission', origin, host: hostname } };
    }
  }
  if (source.page && (await readers.pageLeft(source.page))) {
    return failed('page-left', 'The tab shows another page, or is gone.');
  }
  if (source.media && source.src.startsWith('blob:') && !pageForbids) {
    return failed('media-streamed', 'The page puts it together from pieces.');
  }
  return failed(pageForbids ? 'page-forbids' : 'image-gone', 'The picture could not be read.');
}

async function readPicture(
  { src, page, private: secret = false }: PictureSource,
  readers: PictureReaders,
): Promise<{ read: Read | undefined; pageForbids: boolean }> {
  if (src.startsWith('data:'))
    return { read: await readers.direct(src, 'omit'), pageForbids: false };
  let pageForbids = false;
  let seen: Read | undefined;
  if (page) {
    seen = await readers.inPage({ ...page, private: secret }, src).catch(() => {
      pageForbids = true;
      return undefined;
    });
    if (seen && seen.status < 400) return { read: seen, pageForbids };
  }
  if (src.startsWith('blob:')) return { read: seen, pageForbids };
  if (secret) {
    // The sign-ins of the other windows are not for a private one, and nothing may be kept of it.
    return { read: seen ?? (await readers.direct(src, 'omit')), pageForbids };
  }
  const { origin, protocol, hostname } = new URL(src);
  const trusted =
    (await readers.hasOrigin(`${protocol}//${hostname}/*`)) ||
    // In Chromium activeTab covers the tab's own origin, cookies included; Firefox refuses.
    (page?.url !== undefined && new URL(page.url).origin === origin);
  const read = (await readers.direct(src, trusted ? 'include' : 'omit')) ?? seen;
  return { read, pageForbids };
}

async function checkPicture(source: PictureSource, read: Read): Promise<Captured> {
  const { bytes, status, disposition } = read;
  if (status === 401 || status === 403) return failed('image-needs-sign-in', `HTTP ${status}`);
  if (status >= 400) return failed('image-gone', `HTTP ${status}`);
  if (source.media) return checkMedia(source, read, source.media);
  const format = await imageTypeOf(bytes);
  if (!format) {
    return failed(
      (await isWebPage(bytes)) ? 'image-needs-sign-in' : 'not-an-image',
      `The address gave ${bytes.type || 'bytes of no known type'}.`,
    );
  }
  const name = pictureName({ ...source, disposition, extension: format.extension });
  return { kind: 'picture', name, bytes: bytes.slice(0, bytes.size, format.type) };
}

async function checkMedia(source: PictureSource, read: Read, media: MediaKind): Promise<Captured> {
  const { bytes, disposition } = read;
  const format = await mediaTypeOf(bytes, endingOfAddress(source.src));
  if (!format) {
    const page = await isWebPage(bytes);
    return failed(
      page ? 'image-needs-sign-in' : 'not-media',
      `The address gave ${bytes.type || 'bytes of no known type'} instead of ${media}.`,
    );
  }
  const name = mediaName({ ...source, disposition, extension: format.extension });
  return { kind: 'media', name, bytes: bytes.slice(0, bytes.size, format.type) };
}

function failed(code: Failure['code'], detail: string): Captured {
  return { kind: 'failed', failure: { code, detail } };
}

/** Reads an address from the extension's own context. */
export async function fetchDirectly(
  src: string,
  credentials: RequestCredentials,
): Promise<Read | undefined> {
  try {
    // Without credentials it may be for a private window, of which the cache on disk keeps nothing.
    const response = await fetch(src, {
      credentials,
      ...(credentials === 'omit' && { cache: 'no-store' }),
    });
    return {
      bytes: await response.blob(),
      status: response.status,
      disposition: response.headers.get('content-disposition'),
    };
  } catch {
    return undefined;
  }
}
