import {
  GettClient,
  type Share,
  type ShareFile,
  type TokenStore,
  type User,
} from '../../sdk/index.ts';
import type { Profile, ShareService, ShareSummary } from './share-service.ts';

/** Pictures of which the service makes thumbnails (API section 4.12). */
const PICTURE = /\.(jpe?g|png|gif)$/i;

/** @param baseUrl API root, for example `https://files.example.org/1`. */
export function createGettService(baseUrl: string, tokens: TokenStore): ShareService {
  const gett = new GettClient({ baseUrl, tokens });
  /** The share that files are being added to, so that each further file costs one call. */
  let latest: Share | undefined;
  return {
    signIn: async (credentials) => profileOf(await gett.signIn(credentials)),
    signOut: () => gett.signOut(),
    profile: async () => profileOf(await gett.me()),
    async list(count) {
      const shares: ShareSummary[] = [];
      // One more than asked for tells whether there are older ones.
      for await (const share of gett.shares.list({ pageSize: count + 1 })) {
        if (shares.length === count) return { shares, more: true };
        const { sharename, title, url, created } = share;
        const downloads = share.files.reduce((sum, file) => sum + file.downloads, 0);
        const files = share.files.toReversed().map(summaryOf);
        shares.push({
          sharename,
          ...(title !== undefined && { title }),
          url,
          created: created.getTime(),
          downloads,
          files,
        });
      }
      return { shares, more: false };
    },
    async announce(filename, where) {
      if ('sharename' in where) {
        if (latest?.sharename !== where.sharename) latest = await gett.shares.get(where.sharename);
      } else {
        latest = await gett.shares.create(where);
      }
      const { sharename, url } = latest;
      const file = await latest.createFile({ filename });
      const target = file.upload ?? (await file.uploadUrls());
      return { sharename, fileid: file.fileid, url, target };
    },
    async remove(sharename) {
      const share = await gett.shares.get(sharename);
      await share.destroy();
    },
  };
}

function profileOf({ email, fullName, storage }: User): Profile {
  return { email, name: fullName, storage: { used: storage.used, limit: storage.limit } };
}

function summaryOf(file: ShareFile) {
  const { filename: name, size, state } = file;
  return {
    name,
    ...(size !== undefined && { size }),
    ...(state === 'uploaded' && PICTURE.test(name) && { thumbnailUrl: file.thumbnailUrl() }),
  };
}
