import type { Readable } from 'node:stream';
import type { PagesDeps } from '../pages/pages.ts';
import { isListed } from '../sharing/describe.ts';
import type { HttpContext } from './context.ts';

/** What the pages ask for, answered as a visitor sees it. */
export function pagesDeps({
  sharing,
  watch,
  blobs,
  urls,
  stopping,
  anonymous,
  accountsPage,
  now,
}: HttpContext): PagesDeps {
  return {
    pageOrigin: urls.pageOrigin,
    blobOrigin: urls.blobOrigin,
    apiPath: '/1',
    anonymous: anonymous.limits,
    accountsPage,
    now,
    async share(sharename) {
      const share = await sharing.findShare(sharename);
      if (!share) return undefined;
      const all = await sharing.viewShare(share, { asOwner: true });
      const files = all.files.filter((file) => isListed(file));
      return { ...all, files, expecting: files.length < all.files.length };
    },
    async file(sharename, fileid) {
      const share = await sharing.findShare(sharename);
      return share && sharing.viewFile(share, fileid);
    },
    async readText(sharename, fileid, limit) {
      const found = await sharing.findBySharename(sharename, fileid);
      if (!found?.file.blob) return undefined;
      const reader = await blobs.open(found.file.blob.blobId);
      const end = Math.min(limit, reader.size) - 1;
      const bytes = await wholeOf(reader.stream({ start: 0, end }));
      return { text: bytes.toString(), truncated: reader.size > limit };
    },
    async *progress(sharename, fileid, signal) {
      const found = await sharing.findBySharename(sharename, fileid);
      if (found) yield* watch.file(found, AbortSignal.any([signal, stopping]));
    },
    async *shareChanges(sharename, signal) {
      const share = await sharing.findShare(sharename);
      if (share) yield* watch.share(share, AbortSignal.any([signal, stopping]));
    },
  };
}

async function wholeOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
