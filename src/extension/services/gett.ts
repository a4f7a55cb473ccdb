import {
  GettClient,
  type Share,
  type ShareFile,
  type TokenStore,
  type User,
} from '../../sdk/index.ts';
import type { Announcement } from '../jobs/job.ts';
import type { Profile, ShareService, ShareSummary } from './share-service.ts';

/** Pictures of which the service makes thumbnails (API section 4.12). */
const PICTURE = /\.(jpe?g|png|gif)$/i;

/** Shares among which one is looked for that was made a moment ago. */
const LOOK_BACK = 20;
/** The clocks of computer and service differ by no more, in milliseconds. */
const CLOCKS_DIFFER = 600_000;
/** Servers may give fewer than asked for, but not fewer than this (API section 4.3). */
const LARGEST_PAGE = 1000;

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
      for await (const share of gett.shares.list({ pageSize: Math.min(count + 1, LARGEST_PAGE) })) {
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
    async announce(files, { share: known, title, session, made }) {
      const share = known
        ? latest?.sharename === known.sharename
          ? latest
          : await gett.shares.get(known.sharename)
        : await gett.shares.create(title === undefined ? {} : { title });
      latest = share;
      if (!known) await made?.({ sharename: share.sharename, url: share.url });
      const news = files.map(({ name, size }) => ({
        filename: name,
        ...(size !== undefined && { size }),
      }));
      const announced = await share.createFiles(news, session === undefined ? {} : { session });
      return Promise.all(announced.map((file) => announcementOf(file, share.url)));
    },
    async remove(sharename) {
      const share = await gett.shares.get(sharename);
      await share.destroy();
    },
    async rename(sharename, title) {
      const share = await gett.shares.get(sharename);
      await share.update({ title: title ?? null });
    },
    async removeFile({ sharename, fileid }) {
      const file = await gett.files.get(sharename, fileid);
      await file.destroy();
    },
    async isStored({ sharename, fileid }) {
      const { state } = await gett.files.get(sharename, fileid);
      return state === 'uploaded';
    },
    lost: {
      async share(title, since) {
        let seen = 0;
        for await (const share of gett.shares.list({ pageSize: LOOK_BACK })) {
          const inTime = share.created.getTime() >= since - CLOCKS_DIFFER;
          if (inTime && share.title === title && share.files.length === 0) {
            return { sharename: share.sharename, url: share.url };
          }
          seen += 1;
          if (seen === LOOK_BACK) break;
        }
        return undefined;
      },
      async files({ sharename, url }) {
        const { files } = await gett.shares.get(sharename);
        return files
          .filter(({ state }) => state === 'remote')
          .map((file) => ({
            name: file.filename,
            ...(file.size !== undefined && { size: file.size }),
            sharename,
            fileid: file.fileid,
            claim: () => announcementOf(file, url),
          }));
      },
    },
    live: { baseUrl, accessToken: () => gett.accessToken() },
  };
}

async function announcementOf(file: ShareFile, url: string): Promise<Announcement> {
  const { sharename, fileid } = file;
  return { sharename, fileid, url, target: file.upload ?? (await file.uploadUrls()) };
}

function profileOf({ email, fullName, storage }: User): Profile {
  const { used, limit, more } = storage;
  // A server's word becomes a link only if it leads to the web.
  const leads = more !== undefined && /^https?:\/\//.test(more);
  return { email, name: fullName, storage: { used, limit, ...(leads && { more }) } };
}

function summaryOf(file: ShareFile) {
  const { filename: name, size, state } = file;
  return {
    name,
    ...(size !== undefined && { size }),
    ...(state === 'uploaded' && PICTURE.test(name) && { thumbnailUrl: file.thumbnailUrl() }),
  };
}
