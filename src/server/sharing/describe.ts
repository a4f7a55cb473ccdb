import mime from 'mime';
import type { GettFile, GettShare } from '../../protocol/shapes.ts';
import type { FileRecord, ShareRecord } from '../metadata/store.ts';
import type { Urls } from './urls.ts';

/** How many files one request may announce. */
export const MAX_BATCH = 1000;

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** What visitors see: bytes that are there, or come when somebody asks for them. */
export const isListed = ({ readystate, live }: GettFile): boolean =>
  readystate !== 'remote' || live === true;

export function describeShare(urls: Urls, share: ShareRecord, files: GettFile[]): GettShare {
  return {
    sharename: share.sharename,
    ...(share.title !== undefined && { title: share.title }),
    created: seconds(share.createdAt),
    ...(share.expiresAt !== undefined && { expires: seconds(share.expiresAt) }),
    readystate: share.removed ? 'removed' : 'ready',
    getturl: urls.sharePage(share.sharename),
    userid: share.owner.publicId,
    fullname: share.owner.fullname,
    live: files.some(({ live }) => live),
    batch: MAX_BATCH,
    downloads: files.reduce((sum, { downloads }) => sum + downloads, 0),
    files,
  };
}

export function describeFile(urls: Urls, { sharename }: ShareRecord, file: FileRecord): GettFile {
  const { state } = file;
  const size = state === 'uploading' ? file.declaredSize : (file.blob?.size ?? file.announcedSize);
  const type = mime.getType(file.filename);
  return {
    fileid: String(file.fileid),
    filename: file.filename,
    sharename,
    readystate: state,
    getturl: urls.filePage(sharename, file.fileid),
    created: seconds(file.createdAt),
    downloads: file.downloads,
    ...(size !== undefined && { size }),
    ...(type !== null && { type }),
  };
}
